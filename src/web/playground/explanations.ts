/** What the parameters and errors of the protocol mean, for people who see them for the first time. */

export const parameterMeanings: Readonly<Record<string, string>> = {
  response_type: 'What to answer with: an authorization code, to be redeemed for tokens out of the browser’s sight.',
  client_id: 'Which application asks.',
  redirect_uri: 'Where the answer goes. It must be registered, character for character.',
  scope: 'What the application would like to know and do. openid makes it OpenID Connect.',
  state: 'Random, and remembered in this browser: an answer with another state was asked for by somebody else.',
  nonce: 'Random: comes back in the ID Token, which is thereby made for this very request.',
  code_challenge: 'The SHA-256 of the code_verifier, which the application keeps until it redeems the code (PKCE).',
  code_challenge_method: 'That the challenge is a SHA-256.',
  prompt: 'Which pages the person must see, or with none that there must be no page at all.',
  max_age: 'How many seconds ago the person may have signed in at most.',
  response_mode: 'How the answer reaches the application: in the query of a redirect, or in a form.',
  login_hint: 'Who is expected to sign in.',
  claims: 'Single claims asked for by name, and whether in the ID Token or from userinfo.',
  code: 'The authorization code: good for a short time, one use, and only together with the code_verifier.',
  iss: 'Who answers. A client of several issuers sees by it that they are not mixed up (RFC 9207).',
  error: 'What went wrong, as a code for programs.',
  error_description: 'What went wrong, for developers.',
  grant_type: 'What is given for the tokens.',
  code_verifier: 'The secret whose SHA-256 was the code_challenge: only who made the request can redeem its code.',
  refresh_token:
    'Gets new tokens without the person. A public client’s is good for one use, and its successor comes back.',
  id_token_hint: 'An ID Token of the session that is to end: with it there is no question.',
  post_logout_redirect_uri: 'Where the browser goes afterwards. It must be registered.',
};

/** What an error means and what to do about it; one sentence or two. */
export function errorMeaning(error: string | undefined): string {
  return errorMeanings[error ?? ''] ?? 'An error that the playground has no explanation for.';
}

const errorMeanings: Readonly<Record<string, string>> = {
  access_denied:
    'The person pressed Cancel. An application then lets them go on without signing in, or offers it again.',
  login_required:
    'prompt=none allows no page, and nobody fitting is signed in. An application then asks again without prompt=none.',
  consent_required: 'prompt=none allows no page, and the person has not yet allowed this application what it asks for.',
  interaction_required: 'prompt=none allows no page, and one is needed.',
  account_selection_required: 'prompt=none allows no page, and the person must choose an account.',
  invalid_request: 'A parameter is missing, repeated, malformed or out of place. The description says which one.',
  invalid_request_uri: 'The request_uri is unknown, has expired, or was used before.',
  invalid_request_object:
    'The request object is not signed as this client must sign it, or what it says is not in order.',
  invalid_scope: 'The scope asks for something that this client may not have.',
  unauthorized_client: 'The client is not registered for what it asks.',
  unsupported_response_type: 'This server does not give what the response_type asks for.',
  invalid_grant:
    'The code or refresh token is unknown, expired, used before or made for another request. A code that comes again ends everything that it gave, since somebody may have stolen it.',
  invalid_client: 'The client did not prove who it is.',
  invalid_token:
    'The access token is unknown, expired or revoked: signing out and revocation take effect here at once.',
  insufficient_scope: 'The access token lives, but was not given for this: userinfo needs the scope openid.',
  unmet_authentication_requirements: 'The person cannot authenticate in the way that the request insists on.',
  temporarily_unavailable: 'The server is busy. Trying again in a moment will help.',
  server_error: 'The fault is on the server’s side and is in its log.',
};
