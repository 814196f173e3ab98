import type { Context } from './context.ts';
import { createSetupLink, isSetupDone } from './identity/setup.ts';

/** Tells the operator where the server is, and how to become its administrator as long as there has been none. */
export async function announce(context: Context, print: (text: string) => void): Promise<void> {
  const { publicUrl, issuer } = context.config;
  const lines = [
    `Castellan is running at ${publicUrl}`,
    `OpenID configuration    ${issuer}/.well-known/openid-configuration`,
  ];
  if (!(await isSetupDone(context))) {
    const setupLink = await createSetupLink(context, { id: 'system' });
    lines.push(`Make the administrator  ${setupLink}`);
  }
  print(lines.join('\n'));
}
