/** The JWS algorithms that Castellan signs with; never `none`, never a symmetric one. */
export const signingAlgs = ['RS256', 'ES256', 'PS256', 'EdDSA'] as const;
export type SigningAlg = (typeof signingAlgs)[number];
