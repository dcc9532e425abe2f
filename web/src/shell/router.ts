import { createStore, useStore } from './store.ts';

/** Where in a page somebody is: `#/r/abc?x=1`. What is behind `#` reaches no server. */
export interface Route {
  /** `/r/abc` */
  readonly path: string;
  /** `['r', 'abc']` */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
}

const route = createStore<Route>(routeOf(location.hash));
addEventListener('hashchange', () => route.set(routeOf(location.hash)));

export function useRoute(): Route {
  return useStore(route);
}

/** Goes to a place in this page. @param path such as `/requests/new` */
export function navigate(path: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') {
    location.hash = path;
    return;
  }
  history.replaceState(history.state, '', `#${path}`);
  route.set(routeOf(location.hash));
}

function routeOf(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#/, '').split('?', 2);
  const segments = path.split('/').filter(Boolean).map(decode);
  return { path: `/${segments.join('/')}`, segments, query: new URLSearchParams(query) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
