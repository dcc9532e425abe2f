import type { Service } from '../service/service.ts';
import type { ServiceConfig } from './config.ts';

/** What every group of routes is registered with. */
export interface ApiOptions {
  readonly service: Service;
  readonly config: ServiceConfig;
}
