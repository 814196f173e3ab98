import type { Context } from '../../../context.ts';
import { html } from '../../../lib/html.ts';
import { requestObjectSigningAlgs } from '../../../protocol/authorization-requests/verify-request-object.ts';
import { clientAuthenticationMethods } from '../../../protocol/client-authentication/index.ts';
import { assertionAlgs, clientMetadataSchema } from '../../../protocol/client-metadata.ts';
import { profiles } from '../../../protocol/profiles/index.ts';
import { grantTypes } from '../../../protocol/registrable-metadata.ts';
import { responseTypes } from '../../../protocol/response-types/index.ts';
import { signingAlgs } from '../../../protocol/tokens/signing-algs.ts';
import type { Option } from '../../ui/form.ts';
import { durationText } from '../../ui/time.ts';
import type { FormPart } from '../form-part.ts';
import { choice, choices, flag, json, line, lines, type MemberField, number, stringsOf } from '../member-field.ts';
import { claims, links, signIn } from './people-parts.ts';
import { scopeField } from './scope-field.ts';
import { signOutPart } from './sign-out-part.ts';

/** The form of a client's metadata. To add a member: add its field to the part where people will look for it. */
export function clientFormParts(context: Context, { signsPeopleIn }: { signsPeopleIn: boolean }): FormPart[] {
  const isFolded = !signsPeopleIn;
  return [
    about,
    { ...addresses, isFolded },
    permissions,
    protocol,
    keys,
    tokens(context),
    claims,
    signIn,
    signOutPart,
    links,
  ];
}

const about: FormPart = {
  heading: 'The application',
  lead: 'How people know it. They see the name when they sign in, and the home page makes a tile of their applications.',
  fields: [
    line('client_name', { label: 'Name', required: true, maxlength: 100 }),
    line('client_uri', { label: 'Home page', hint: 'Such as https://wiki.example.com', required: false, code: true }),
  ],
};

const addresses: FormPart = {
  heading: 'Addresses',
  lead: 'Where Castellan may send people back to. Each is compared as a whole, so write it exactly as the application sends it.',
  fields: [
    lines('redirect_uris', {
      label: 'Redirect URIs',
      hint: 'One a line, such as https://wiki.example.com/callback. Also called callback or reply URLs.',
    }),
    lines('post_logout_redirect_uris', {
      label: 'Sign-out URIs',
      hint: 'Where people go after they signed out of the application; one a line.',
    }),
  ],
};

const permissions: FormPart = {
  heading: 'Permissions',
  lead: 'What it may ask for. People see it on the consent page and decide.',
  fields: [
    scopeField,
    line('optional_scope', {
      label: 'What people may leave out',
      hint: 'Scope values of the above, separated by blanks: the consent page has a box for each, and only what is ticked is granted.',
      required: false,
      code: true,
    }),
    flag('first_party', {
      label: 'It is our own application',
      hint: 'The consent page is skipped: whoever signs in has allowed what it asks for.',
    }),
  ],
};

const protocol: FormPart = {
  heading: 'Grants and authentication',
  lead: 'How the application gets its tokens and proves who it is. The kind of application has set this already.',
  isFolded: true,
  fields: [
    choice('application_type', {
      label: 'Type of application',
      hint: 'Native ones may have redirect URIs with a scheme of their own, or any local port.',
      options: named(clientMetadataSchema.shape.application_type.unwrap().options),
    }),
    choice('token_endpoint_auth_method', {
      label: 'Authentication method',
      hint: 'How it authenticates at the token endpoint; none is for applications that cannot keep a secret.',
      options: named(clientAuthenticationMethods.keys()),
    }),
    choices('grant_types', { label: 'Grant types', options: codes(grantTypes.keys()) }),
    responseTypesField(),
    choice('profile', {
      label: 'Security profile',
      hint: 'Holds the application to all that the profile demands; what is left open here follows from it.',
      options: [
        { value: '', label: 'None' },
        ...[...profiles.values()].map(({ name, title }) => ({ value: name, label: title })),
      ],
    }),
    flag('require_pkce', {
      label: 'Require PKCE',
      hint: 'Refuse requests without it. Only for old applications with a secret may it be off.',
    }),
    flag('require_pushed_authorization_requests', {
      label: 'Require pushed authorization requests',
      hint: 'Refuse requests that it did not push to Castellan before it sent the browser (RFC 9126).',
    }),
  ],
};

const keys: FormPart = {
  heading: 'Keys of the application',
  lead: 'Public keys for what it signs itself, such as the assertions of private_key_jwt.',
  isFolded: true,
  fields: [
    line('jwks_uri', {
      label: 'Address of its keys',
      hint: 'Such as https://wiki.example.com/jwks.json. Castellan fetches them when it needs them, and follows changes.',
      required: false,
      code: true,
    }),
    json('jwks', { label: 'Its keys', hint: 'A JWK Set, instead of an address. Public keys only.' }),
    choice('token_endpoint_auth_signing_alg', {
      label: 'Assertions are signed with',
      options: [{ value: '', label: 'Any algorithm of its authentication method' }, ...named(assertionAlgs)],
    }),
    flag('require_signed_request_object', {
      label: 'Require signed requests',
      hint: 'Refuse authorization requests that are not in a request object, signed and dated (RFC 9101).',
    }),
    choice('request_object_signing_alg', {
      label: 'Request objects are signed with',
      options: [{ value: '', label: 'Any algorithm of its keys' }, ...named(requestObjectSigningAlgs)],
    }),
    lines('request_uris', {
      label: 'Addresses of request objects',
      hint: 'Where Castellan may fetch its requests, one a line, such as https://wiki.example.com/request.jwt',
    }),
  ],
};

/** Left out when none is ticked: then the grant types decide. */
function responseTypesField(): MemberField {
  const field = choices('response_types', { label: 'Response types', options: codes(responseTypes.keys()) });
  return {
    ...field,
    read: (typed) => {
      const ticked = stringsOf(field.read(typed));
      return ticked.length === 0 ? undefined : ticked;
    },
  };
}

/** The lifetimes of the installation stand beside the fields: an empty field means them. */
function tokens({ config: { lifetimes } }: Context): FormPart {
  const seconds = (member: string, label: string, preset: number) =>
    number(member, { label, suffix: 'seconds', hint: `Empty: ${durationText(preset)}` });
  return {
    heading: 'Tokens',
    lead: 'Who they are for, how they are signed, and how long they are good for.',
    isFolded: true,
    fields: [
      lines('audience', {
        label: 'Audience',
        hint: 'The resource servers its access tokens are for, one a line, such as https://api.example.com',
      }),
      flag('dpop_bound_access_tokens', {
        label: 'Bind tokens to a key of the application',
        hint: 'Give none without a DPoP proof (RFC 9449): a stolen token is of no use to the thief.',
      }),
      choice('id_token_signed_response_alg', { label: 'ID Tokens are signed with', options: named(signingAlgs) }),
      choice('userinfo_signed_response_alg', {
        label: 'Userinfo is signed with',
        options: [{ value: '', label: 'Nothing: it is plain JSON' }, ...named(signingAlgs)],
      }),
      choice('authorization_signed_response_alg', {
        label: 'Authorization responses are signed with',
        hint: 'When the application asks for a signed one, with the response mode jwt.',
        options: [{ value: '', label: 'As its profile says, otherwise RS256' }, ...named(signingAlgs)],
      }),
      choice('introspection_signed_response_alg', {
        label: 'Introspection is signed with',
        hint: 'When the application asks for a signed answer (RFC 9701).',
        options: [{ value: '', label: 'As its profile says, otherwise RS256' }, ...named(signingAlgs)],
      }),
      choice('access_token_signed_response_alg', {
        label: 'Access tokens are signed with',
        options: named(signingAlgs),
      }),
      seconds('access_token_seconds', 'Access token lifetime', lifetimes.accessTokenSeconds),
      seconds('id_token_seconds', 'ID Token lifetime', lifetimes.idTokenSeconds),
      seconds('authorization_code_seconds', 'Authorization code lifetime', lifetimes.authorizationCodeSeconds),
      seconds('refresh_token_idle_seconds', 'Refresh token inactivity limit', lifetimes.refreshTokenIdleSeconds),
      seconds('refresh_token_seconds', 'Refresh token absolute lifetime', lifetimes.refreshTokenSeconds),
      rotation,
    ],
  };
}

const rotation = {
  ...choice('rotate_refresh_tokens', {
    label: 'Refresh token rotation',
    hint: 'A rotated token is good for one use, and a second use of it revokes the whole authorization.',
    options: [
      { value: '', label: 'Only without a secret (recommended)' },
      { value: 'true', label: 'Always' },
      { value: 'false', label: 'Never' },
    ],
  }),
  read: ({ rotate_refresh_tokens: typed }: Readonly<Record<string, string | undefined>>) =>
    typed === undefined ? undefined : typed === 'true',
};

function named(names: Iterable<string>): Option[] {
  return [...names].map((name) => ({ value: name, label: name }));
}

function codes(names: Iterable<string>): Option[] {
  return [...names].map((name) => ({ value: name, label: html`<code>${name}</code>` }));
}
