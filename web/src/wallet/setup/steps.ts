import { navigate, type Route } from '../../shell/router.ts';

/** Where somebody is on the way to a wallet; part of the address, so that the browser's Back works. */
export type SetupStep = 'words' | 'confirm' | 'lock' | 'recover' | 'file';

const NAME = 'step';

export function stepOf({ query }: Route): string | null {
  return query.get(NAME);
}

/** Another step, at the place a link led to. @param step none for the first */
export function stepPath(route: Route, step?: SetupStep): string {
  const query = new URLSearchParams(route.query);
  query.delete(NAME);
  if (step) query.set(NAME, step);
  const text = query.toString();
  return text ? `${route.path}?${text}` : route.path;
}

export function stepHref(route: Route, step?: SetupStep): string {
  return `#${stepPath(route, step)}`;
}

/** Over: what follows is what the link led to. */
export function endSteps(route: Route): void {
  navigate(stepPath(route), 'replace');
}
