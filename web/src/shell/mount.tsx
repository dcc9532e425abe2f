import '../ui/styles/all.css';
import './shell.css';
import { type ComponentType, render } from 'preact';
import { applySettings } from './settings.ts';

/** Starts a page; what its `main.tsx` calls. */
export function mountPage(App: ComponentType): void {
  applySettings();
  const place = document.getElementById('app');
  if (place) render(<App />, place);
}
