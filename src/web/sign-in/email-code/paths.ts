export const askPath = '/login/email';
export const codePath = '/login/email/code';
export const linkPath = '/login/email/link';

/** The address of the page that asks for the e-mail address, for this sign-in. */
export function emailCodePath({ sealed }: { readonly sealed: string | undefined }): string {
  return sealed === undefined ? askPath : `${askPath}?continuation=${sealed}`;
}
