import type { Context } from './context.ts';
import { createSetupLink, isSetupDone } from './identity/setup.ts';

/** Tells the operator where the server is, and how to become its administrator as long as there has been none. */
export async function announce(context: Context, print: (line: string) => void): Promise<void> {
  const { publicUrl, issuer } = context.config;
  print(`Castellan is running at ${publicUrl}`);
  print(`OpenID configuration    ${issuer}/.well-known/openid-configuration`);
  if (!(await isSetupDone(context)))
    print(`Make the administrator  ${await createSetupLink(context, { id: 'system' })}`);
}
