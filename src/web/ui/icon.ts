import { type Html, trustedHtml } from '../../lib/html.ts';

const paths = {
  apps: '<rect x="3" y="3" width="6" height="6" rx="1.5"/><rect x="11" y="3" width="6" height="6" rx="1.5"/><rect x="3" y="11" width="6" height="6" rx="1.5"/><rect x="11" y="11" width="6" height="6" rx="1.5"/>',
  arrow: '<path d="M4 10h12M11 5l5 5-5 5"/>',
  braces:
    '<path d="M7.5 3.5C5 3.5 5 5 5 6.7S4.5 10 3 10c1.5 0 2 1.6 2 3.3s0 3.2 2.5 3.2M12.5 3.5C15 3.5 15 5 15 6.7s.5 3.3 2 3.3c-1.5 0-2 1.6-2 3.3s0 3.2-2.5 3.2"/>',
  calendar: '<rect x="3" y="4.5" width="14" height="12.5" rx="2"/><path d="M3 8.5h14M7 2.5v4M13 2.5v4"/>',
  check: '<path d="M4 10.5l4 4 8-9"/>',
  clock: '<circle cx="10" cy="10" r="7"/><path d="M10 6v4l2.5 2.5"/>',
  device: '<rect x="5.5" y="2.5" width="9" height="15" rx="2"/><path d="M9 14.5h2"/>',
  external:
    '<path d="M8 4H5a1.5 1.5 0 0 0-1.5 1.5V15A1.5 1.5 0 0 0 5 16.5h9.5A1.5 1.5 0 0 0 16 15v-3M11.5 3.5h5v5M16.5 3.5L9 11"/>',
  globe: '<circle cx="10" cy="10" r="7"/><path d="M3 10h14M10 3c4.5 4.5 4.5 9.5 0 14M10 3c-4.5 4.5-4.5 9.5 0 14"/>',
  home: '<path d="M3.5 9.5L10 3.5l6.5 6M5 8.5V16h10V8.5M8.5 16v-4h3v4"/>',
  info: '<circle cx="10" cy="10" r="7"/><path d="M10 9v4.5M10 6.4v.1"/>',
  key: '<circle cx="6.5" cy="13.5" r="3.5"/><path d="M9 11l7.5-7.5M13.5 6.5l2 2M11.5 8.5l1.5 1.5"/>',
  list: '<path d="M7 5h10M7 10h10M7 15h10M3.5 5h.01M3.5 10h.01M3.5 15h.01"/>',
  lock: '<rect x="4" y="9" width="12" height="8" rx="2"/><path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9"/>',
  mail: '<rect x="2.5" y="4.5" width="15" height="11" rx="2"/><path d="M3 6l7 5 7-5"/>',
  palette:
    '<path d="M10 3a7 7 0 1 0 0 14c1.2 0 1.6-.9 1.2-1.8-.6-1.4.2-2.7 1.8-2.7h1.5c1.4 0 2.5-1 2.5-2.6C17 6 13.9 3 10 3z"/><path d="M6.6 9.5v.1M9 6.4v.1M12.6 6.9v.1"/>',
  people:
    '<circle cx="7.5" cy="7" r="3"/><path d="M2 16.5c0-3 2.5-4.5 5.5-4.5s5.5 1.5 5.5 4.5M13 4.2a3 3 0 0 1 0 5.6M15 12.5c2 .6 3 2 3 4"/>',
  person: '<circle cx="10" cy="6.5" r="3.5"/><path d="M3.5 17c0-3.5 3-5.5 6.5-5.5s6.5 2 6.5 5.5"/>',
  phone:
    '<path d="M4 3.5h3l1.5 4-2 1.5a10 10 0 0 0 4.5 4.5l1.5-2 4 1.5v3c0 .5-.5 1-1 1A13 13 0 0 1 3 4.5c0-.5.5-1 1-1z"/>',
  pin: '<path d="M10 17.5s5.5-4.5 5.5-9a5.5 5.5 0 0 0-11 0c0 4.5 5.5 9 5.5 9z"/><circle cx="10" cy="8.5" r="2"/>',
  play: '<path d="M6 4l10 6-10 6z"/>',
  plus: '<path d="M10 4v12M4 10h12"/>',
  refresh: '<path d="M16 4v4h-4M4 16v-4h4M15.5 8A6 6 0 0 0 5 6.5M4.5 12A6 6 0 0 0 15 13.5"/>',
  search: '<circle cx="9" cy="9" r="5.5"/><path d="M13 13l4 4"/>',
  settings: '<path d="M3 6h8M15 6h2M3 14h2M9 14h8"/><circle cx="13" cy="6" r="2"/><circle cx="7" cy="14" r="2"/>',
  shield: '<path d="M10 2.5l6 2.5v4.5c0 4-2.5 6.5-6 8-3.5-1.5-6-4-6-8V5z"/><path d="M7.5 10l2 2 3.5-4"/>',
  signOut: '<path d="M8 3.5H5A1.5 1.5 0 0 0 3.5 5v10A1.5 1.5 0 0 0 5 16.5h3M8 10h9M13.5 6.5L17 10l-3.5 3.5"/>',
  warning: '<path d="M10 3l7.5 13.5h-15zM10 8v4M10 14.2v.1"/>',
} as const;

export type IconName = keyof typeof paths;

/** A small drawing in the colour of the text around it; it says nothing that the text does not. */
export function icon(name: IconName): Html {
  return trustedHtml(
    `<svg class="icon" viewBox="0 0 20 20" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths[name]}</svg>`,
  );
}
