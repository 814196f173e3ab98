import { registryOf } from '../../../lib/registry.ts';
import type { IconName } from '../../ui/icon.ts';

/** What an application is by its nature, and the metadata that fits it best. */
export interface ClientKind {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly icon: IconName;
  /** Presets: members that the form starts with, where they differ from the schema's defaults. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** The kinds that the form offers first. To add one: write it here. Whatever is preset can be changed in the form. */
export const clientKinds = registryOf<ClientKind>(
  {
    name: 'web',
    label: 'Web application',
    hint: 'Its pages are made on a server, which can keep a secret: PHP, Java, Rails, Django, .NET and most others.',
    icon: 'globe',
    metadata: { grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] },
  },
  {
    name: 'browser',
    label: 'Single-page application',
    hint: 'It runs in the browser alone, where nothing stays secret: React, Vue, Angular. It proves itself by PKCE.',
    icon: 'apps',
    metadata: {
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  },
  {
    name: 'native',
    label: 'Native or command-line application',
    hint: 'It is installed on a phone or a computer, and the browser comes back to it by a scheme of its own or a local port.',
    icon: 'device',
    metadata: {
      application_type: 'native',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
  },
  {
    name: 'machine',
    label: 'Machine to machine',
    hint: 'A service that acts for itself; no person signs in. It asks for tokens with its own secret.',
    icon: 'settings',
    metadata: { grant_types: ['client_credentials'], scope: '' },
  },
);
