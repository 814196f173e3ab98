import * as z from 'zod';

const text = (maximum: number) => z.string().max(maximum).optional();
const wholeNumber = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number)
  .optional();

/** What an authorization request may say, each parameter within its bounds; others are not read. */
export const parametersSchema = z.object({
  response_type: text(100),
  response_mode: text(50),
  scope: text(4000),
  state: text(4096),
  nonce: text(1000),
  code_challenge: text(200),
  code_challenge_method: text(50),
  dpop_jkt: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
  prompt: text(200),
  max_age: wholeNumber,
  id_token_hint: text(8192),
  login_hint: text(500),
  acr_values: text(1000),
  claims: text(4096),
  ui_locales: text(500),
  claims_locales: text(500),
  display: z.enum(['page', 'popup', 'touch', 'wap']).optional().catch(undefined),
  registration: text(4096),
  resource: text(4096),
});

/** The wire parameters, each within its bounds. */
export type AuthorizationParameters = z.output<typeof parametersSchema>;

/** The names of all that an authorization request is made of. */
export const authorizationParameterNames: readonly string[] = [
  'client_id',
  'redirect_uri',
  ...Object.keys(parametersSchema.shape),
];
