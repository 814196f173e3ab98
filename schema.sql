-- The whole database as it is today, for SQLite and PostgreSQL alike.
--
-- Columns are TEXT and BIGINT only. Times are epoch seconds; a flag is a nullable time (revoked_at);
-- JSON, hashes and sealed values are TEXT. An id that is the selector of a split token is 32 hexadecimal
-- digits of a UUIDv7, so that rows are appended in the order of time. Only hashes of verifiers are stored.

-- Facts about this installation, by name: schema_version, secret_fingerprint, setup_completed_at.
CREATE TABLE instance (
  name TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE users (
  id TEXT NOT NULL PRIMARY KEY,
  username TEXT NOT NULL,
  username_key TEXT NOT NULL UNIQUE,
  email TEXT,
  email_key TEXT UNIQUE,
  email_verified_at BIGINT,
  -- Set while nobody but the person says that the address is theirs: then no mail signs in, and it goes to whoever proves it.
  email_claimed_at BIGINT,
  phone_number TEXT,
  phone_number_verified_at BIGINT,
  claims TEXT NOT NULL,
  password_hash TEXT,
  password_changed_at BIGINT,
  -- Set when the person must choose another password at the next sign-in.
  password_expired_at BIGINT,
  administrator_since BIGINT,
  disabled_at BIGINT,
  -- From when on nobody signs in with this account.
  expires_at BIGINT,
  -- Set as long as an administrator has not let in who registered here.
  awaits_approval_since BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX users_by_expiry ON users (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX users_waiting ON users (awaits_approval_since) WHERE awaits_approval_since IS NOT NULL;

-- Pictures that people uploaded; content is base64. id is in the address of the picture: random, for the address goes to
-- applications that must not learn the user's id, and new with each picture, so that browsers may keep it for ever.
CREATE TABLE user_pictures (
  user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  id TEXT NOT NULL UNIQUE,
  content_type TEXT NOT NULL,
  content TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

CREATE TABLE user_groups (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  group_name TEXT NOT NULL,
  PRIMARY KEY (user_id, group_name)
);
CREATE INDEX user_groups_by_group ON user_groups (group_name);

-- One-time links for people; purpose says what for, detail (JSON) what comes of it.
CREATE TABLE links (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  purpose TEXT NOT NULL,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  detail TEXT,
  -- Of a code that does the same as the link, derived under the secret key and bound to this row.
  code_hash TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  consumed_at BIGINT
);
CREATE INDEX links_by_user ON links (user_id);
-- Counts who has signed up and not confirmed it, and holds no more than that.
CREATE INDEX links_sign_up ON links (expires_at) WHERE purpose = 'sign-up' AND consumed_at IS NULL;

-- Who may make an account: whoever holds the link, as often as is left.
CREATE TABLE invitations (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  -- So that the console can show the link again.
  sealed_token TEXT NOT NULL,
  -- JSON: what is known of the person beforehand, such as e-mail address and name.
  profile TEXT NOT NULL,
  -- JSON: the groups that come with it.
  group_names TEXT NOT NULL,
  -- When the account made with it expires.
  account_expires_at BIGINT,
  uses BIGINT NOT NULL,
  uses_left BIGINT NOT NULL,
  -- The same for all that were made from one list.
  list_id TEXT,
  created_by TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX invitations_by_expiry ON invitations (expires_at);
CREATE INDEX invitations_by_list ON invitations (list_id, id) WHERE list_id IS NOT NULL;

-- Passkeys (WebAuthn): id is the credential id, base64url; rp_id is the host that it was made for.
CREATE TABLE passkeys (
  id TEXT NOT NULL PRIMARY KEY,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  rp_id TEXT NOT NULL,
  public_key TEXT NOT NULL,
  sign_count BIGINT NOT NULL,
  transports TEXT NOT NULL,
  aaguid TEXT NOT NULL,
  -- singleDevice, or multiDevice when it may be copied to other devices; never changes.
  device_type TEXT NOT NULL,
  -- Set while a copy of it is kept elsewhere, such as by a password manager.
  backed_up_at BIGINT,
  name TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT
);
CREATE INDEX passkeys_by_user ON passkeys (user_id);
CREATE INDEX passkeys_by_host ON passkeys (rp_id);

-- Authenticator apps (TOTP, RFC 6238); the seed is sealed. last_step is the time step of the last code: a code works once.
CREATE TABLE totp_authenticators (
  user_id TEXT NOT NULL PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  sealed_secret TEXT NOT NULL,
  last_step BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT
);

-- Recovery codes, derived under the secret key; each works once.
CREATE TABLE recovery_codes (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  code_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  consumed_at BIGINT,
  PRIMARY KEY (user_id, code_hash)
);

-- Browsers at which a person need not give the second factor.
CREATE TABLE trusted_devices (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX trusted_devices_by_user ON trusted_devices (user_id);
CREATE INDEX trusted_devices_by_expiry ON trusted_devices (expires_at);

-- OpenID Providers (and GitHub) through which people may sign in here. settings is JSON; name is in the redirect URI.
CREATE TABLE identity_providers (
  name TEXT NOT NULL PRIMARY KEY,
  settings TEXT NOT NULL,
  sealed_client_secret TEXT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  disabled_at BIGINT
);

-- Who somebody is at an identity provider: its sub. Never found by e-mail address.
CREATE TABLE federated_identities (
  provider TEXT NOT NULL REFERENCES identity_providers (name) ON DELETE CASCADE,
  sub TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  -- What the provider called the account, for the person to recognise.
  label TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT,
  PRIMARY KEY (provider, sub)
);
CREATE INDEX federated_identities_by_user ON federated_identities (user_id);

-- Mails to people, sealed as long as the link in them works, so that the console can show it where no mail is sent.
CREATE TABLE outgoing_mails (
  id TEXT NOT NULL PRIMARY KEY,
  recipient TEXT NOT NULL,
  user_id TEXT REFERENCES users (id) ON DELETE CASCADE,
  purpose TEXT NOT NULL,
  subject TEXT NOT NULL,
  -- NULL once what it says is of no more use.
  sealed_content TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  next_attempt_at BIGINT,
  sent_at BIGINT,
  -- What the mail server said last, in one line.
  problem TEXT
);
CREATE INDEX outgoing_mails_due ON outgoing_mails (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX outgoing_mails_sealed ON outgoing_mails (expires_at) WHERE sealed_content IS NOT NULL;
CREATE INDEX outgoing_mails_by_user ON outgoing_mails (user_id);

-- How the pages look: settings (JSON) of the house under the empty client_id, of single applications under theirs.
CREATE TABLE brands (
  client_id TEXT NOT NULL PRIMARY KEY,
  settings TEXT NOT NULL,
  updated_at BIGINT NOT NULL
);

-- Pictures of a brand (logo, background); content is base64.
CREATE TABLE brand_images (
  client_id TEXT NOT NULL REFERENCES brands (client_id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  -- Another one for each picture: it stands in its address, which is kept for ever.
  id TEXT NOT NULL,
  content_type TEXT NOT NULL,
  content TEXT NOT NULL,
  width BIGINT NOT NULL,
  height BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  PRIMARY KEY (client_id, kind)
);
CREATE UNIQUE INDEX brand_images_by_id ON brand_images (id);

-- A browser signed in here. The id is the sid that clients see.
CREATE TABLE sessions (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  auth_time BIGINT NOT NULL,
  amr TEXT NOT NULL,
  acr TEXT NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  last_used_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE INDEX sessions_by_expiry ON sessions (expires_at);

CREATE TABLE throttles (
  key TEXT NOT NULL PRIMARY KEY,
  attempts BIGINT NOT NULL,
  refused_until BIGINT NOT NULL,
  updated_at BIGINT NOT NULL
);
CREATE INDEX throttles_by_update ON throttles (updated_at);

CREATE TABLE clients (
  client_id TEXT NOT NULL PRIMARY KEY,
  metadata TEXT NOT NULL,
  -- The same as in metadata, so that whoever ends a session finds whom to tell.
  backchannel_logout_uri TEXT,
  -- For a client that nobody registered: when its own metadata document was last written down here.
  described_at BIGINT,
  -- For a client that registered itself: since when it waits to be used for the first time.
  unused_since BIGINT,
  created_at BIGINT NOT NULL,
  updated_at BIGINT NOT NULL,
  disabled_at BIGINT
);
CREATE INDEX clients_unused ON clients (unused_since) WHERE unused_since IS NOT NULL;

CREATE TABLE client_secrets (
  id TEXT NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  secret_hash TEXT NOT NULL,
  -- Set for clients whose method must read the secret again (client_secret_jwt).
  sealed_secret TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT,
  last_used_at BIGINT
);
CREATE INDEX client_secrets_by_client ON client_secrets (client_id);

-- The web origins of every client's redirect URIs, for CORS.
CREATE TABLE client_origins (
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  origin TEXT NOT NULL,
  PRIMARY KEY (origin, client_id)
);
CREATE INDEX client_origins_by_client ON client_origins (client_id);

-- With what a client that registered itself manages its registration (RFC 7592). Others have no row.
CREATE TABLE client_registrations (
  client_id TEXT NOT NULL PRIMARY KEY REFERENCES clients (client_id) ON DELETE CASCADE,
  token_id TEXT NOT NULL,
  verifier_hash TEXT NOT NULL,
  created_at BIGINT NOT NULL
);

-- What lets a program register clients (RFC 7591 §1.2), as many as are left.
CREATE TABLE initial_access_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  uses_left BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL
);

-- APIs that access tokens are for (RFC 8707). identifier is their absolute URI, which is in aud; scope is the values
-- that mean something to them, empty when they may be any.
CREATE TABLE resources (
  identifier TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  access_token_format TEXT NOT NULL,
  access_token_seconds BIGINT,
  access_token_signing_alg TEXT,
  -- As whom the API itself asks about tokens that are for it.
  client_id TEXT,
  -- Set when every client may ask for it, and not only those that are registered with it as audience.
  open_at BIGINT,
  created_at BIGINT NOT NULL
);

-- What a person allowed a client: scope values, and the APIs (RFC 8707) to call in the person's name, each separated by
-- blanks.
CREATE TABLE consents (
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  scope TEXT NOT NULL,
  resource TEXT NOT NULL,
  -- The scope values that the person was asked for and left out.
  declined TEXT NOT NULL,
  granted_at BIGINT NOT NULL,
  PRIMARY KEY (user_id, client_id)
);
CREATE INDEX consents_by_client ON consents (client_id);

-- One act of allowing, from which a code, access tokens and refresh tokens hang.
CREATE TABLE authorizations (
  id TEXT NOT NULL PRIMARY KEY,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  session_id TEXT NOT NULL,
  scope TEXT NOT NULL,
  claims TEXT,
  auth_time BIGINT NOT NULL,
  amr TEXT NOT NULL,
  acr TEXT NOT NULL,
  nonce TEXT,
  -- What the request asked for (RFC 8707), identifiers separated by blanks; NULL when it named none.
  resource TEXT,
  -- Set when the authorization outlives its session (offline_access).
  offline_at BIGINT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  revoked_at BIGINT
);
CREATE INDEX authorizations_by_session ON authorizations (session_id);
CREATE INDEX authorizations_by_user ON authorizations (user_id, client_id);
CREATE INDEX authorizations_by_client ON authorizations (client_id);
CREATE INDEX authorizations_by_expiry ON authorizations (expires_at);

-- Which clients know a session by its sid.
CREATE TABLE session_clients (
  session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  PRIMARY KEY (session_id, client_id)
);
CREATE INDEX session_clients_by_client ON session_clients (client_id);

-- Whom to tell that a session has ended (OpenID Connect Back-Channel Logout 1.0), and how that went. Written with the
-- session's end; the session is gone by then, and the user may be.
CREATE TABLE logout_deliveries (
  session_id TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  user_id TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  attempts BIGINT NOT NULL,
  -- Of the last attempt: what the client answered, if it did.
  http_status BIGINT,
  -- NULL once it was delivered or given up.
  next_attempt_at BIGINT,
  delivered_at BIGINT,
  given_up_at BIGINT,
  PRIMARY KEY (session_id, client_id)
);
CREATE INDEX logout_deliveries_due ON logout_deliveries (next_attempt_at) WHERE next_attempt_at IS NOT NULL;
CREATE INDEX logout_deliveries_by_time ON logout_deliveries (created_at, session_id, client_id);
CREATE INDEX logout_deliveries_by_client ON logout_deliveries (client_id);

-- What a client pushed ahead of an authorization request (RFC 9126): parameters is JSON. Taken when the answer is sent.
CREATE TABLE pushed_authorization_requests (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  -- One that describes itself is written down when a person allows it, which may be later.
  client_id TEXT NOT NULL,
  parameters TEXT NOT NULL,
  -- With whose it is counted: the client's own, or empty for those of all clients together that nobody has allowed yet.
  counted_under TEXT NOT NULL,
  -- From where a client without credentials that we know pushed, derived under the secret key; empty for all others.
  sender TEXT NOT NULL,
  expires_at BIGINT NOT NULL,
  consumed_at BIGINT
);
-- Counts what waits to be used, and holds no more than that.
CREATE INDEX pushed_authorization_requests_waiting ON pushed_authorization_requests (counted_under, expires_at)
  WHERE consumed_at IS NULL;

CREATE TABLE authorization_codes (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  authorization_id TEXT NOT NULL REFERENCES authorizations (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  redirect_uri TEXT NOT NULL,
  code_challenge TEXT,
  -- The key that the request named (dpop_jkt), as JSON of the cnf claim (RFC 7800).
  cnf TEXT,
  expires_at BIGINT NOT NULL,
  consumed_at BIGINT
);
CREATE INDEX authorization_codes_by_authorization ON authorization_codes (authorization_id);

CREATE TABLE refresh_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  authorization_id TEXT NOT NULL REFERENCES authorizations (id) ON DELETE CASCADE,
  client_id TEXT NOT NULL,
  -- What a public client's token is bound to, as JSON of the cnf claim (RFC 7800).
  cnf TEXT,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  rotated_at BIGINT,
  -- What a retry of the rotation needs: the successor, and the scope that was asked for.
  successor_id TEXT,
  rotated_scope TEXT
);
CREATE INDEX refresh_tokens_by_authorization ON refresh_tokens (authorization_id);

-- Devices that wait for a person to allow them (RFC 8628). The user code is derived under the secret key before it is
-- stored; claimed_by is the session that typed it in.
CREATE TABLE device_authorizations (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  user_code_hash TEXT NOT NULL UNIQUE,
  -- Both as in pushed_authorization_requests.
  client_id TEXT NOT NULL,
  counted_under TEXT NOT NULL,
  scope TEXT NOT NULL,
  resource TEXT,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  expires_at BIGINT NOT NULL,
  interval_seconds BIGINT NOT NULL,
  polled_at BIGINT,
  claimed_by TEXT,
  -- The authorization that the person gave, which the device redeems once; set before that row is written.
  authorization_id TEXT,
  denied_at BIGINT,
  consumed_at BIGINT
);
CREATE INDEX device_authorizations_waiting ON device_authorizations (counted_under, expires_at)
  WHERE consumed_at IS NULL;

-- Access tokens that are no JWTs, for APIs that want them so: claims is the JSON that a JWT would have had.
CREATE TABLE opaque_access_tokens (
  id TEXT NOT NULL PRIMARY KEY,
  verifier_hash TEXT NOT NULL,
  client_id TEXT NOT NULL REFERENCES clients (client_id) ON DELETE CASCADE,
  claims TEXT NOT NULL,
  expires_at BIGINT NOT NULL
);
CREATE INDEX opaque_access_tokens_by_client ON opaque_access_tokens (client_id);
CREATE INDEX opaque_access_tokens_by_expiry ON opaque_access_tokens (expires_at);

-- Single access tokens revoked before their time, by jti.
CREATE TABLE revoked_access_tokens (
  jti TEXT NOT NULL PRIMARY KEY,
  expires_at BIGINT NOT NULL
);
CREATE INDEX revoked_access_tokens_by_expiry ON revoked_access_tokens (expires_at);

-- What may be used once and has been, such as the jti of a client assertion, until it would be refused anyway.
CREATE TABLE replays (
  key TEXT NOT NULL PRIMARY KEY,
  expires_at BIGINT NOT NULL
);
CREATE INDEX replays_by_expiry ON replays (expires_at);

-- Signing keys, sealed: next, then current from current_at, then retired from retired_at (set when the successor is
-- written, which may be ahead of time) and published until expires_at.
CREATE TABLE signing_keys (
  kid TEXT NOT NULL PRIMARY KEY,
  alg TEXT NOT NULL,
  -- The kid that this key follows, or the alg for the first one. Unique, so that of two processes that make a key at
  -- the same instant one wins.
  predecessor TEXT NOT NULL UNIQUE,
  sealed_private_jwk TEXT NOT NULL,
  created_at BIGINT NOT NULL,
  current_at BIGINT NOT NULL,
  retired_at BIGINT,
  expires_at BIGINT
);

-- Every change and sign-in. Nothing changes an event; the oldest go when their time is over.
CREATE TABLE audit_events (
  id TEXT NOT NULL PRIMARY KEY,
  at BIGINT NOT NULL,
  -- Who acted: a user id, or the words command or system.
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  -- What was acted on, such as a client_id or a user id.
  target TEXT,
  detail TEXT NOT NULL,
  address TEXT,
  request_id TEXT
);
CREATE INDEX audit_events_by_actor ON audit_events (actor, id);
CREATE INDEX audit_events_by_action ON audit_events (action, id);
CREATE INDEX audit_events_by_target ON audit_events (target, id);
