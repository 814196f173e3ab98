import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../../context.ts';
import type { UserAuthenticationMethod } from '../../../identity/user-authentication/user-authentication-method.ts';
import type { HtmlValue } from '../../../lib/html.ts';
import type { Named } from '../../../lib/registry.ts';
import type { SignInState } from '../requirements/requirement.ts';
import type { SecondFactorTexts } from './texts/index.ts';

/** What stands in the form of a second factor. */
export interface SecondFactorForm {
  /** One sentence under the heading: what to do. */
  readonly lead: HtmlValue;
  /** Its own fields; who it is for, and whether the device is to be trusted, the page adds. */
  readonly fields: HtmlValue;
  /** What the button says. */
  readonly submit: string;
  /** Names of assets that the form needs. */
  readonly scripts?: readonly string[];
}

/** What came of a form that was sent. */
export type SecondFactorAnswer =
  /** `amr` is what was really proven, that of the method unless given. */
  | { readonly isProven: true; readonly amr?: readonly string[]; readonly passkey_id?: string | undefined }
  | {
      readonly isProven: false;
      /** What the person should do, in one sentence. */
      readonly problem: string;
      readonly status: number;
      readonly retryAfter?: number;
    };

/** How a second factor is given: its part of the one page that asks for one. */
export interface SecondFactor extends Named {
  /** What it proves, by its amr; `second` or `reserve` among its factors. */
  readonly method: UserAuthenticationMethod;
  /** The link to it from the form of another one: "Use …". */
  readonly label: (t: SecondFactorTexts) => string;
  /** Whether this user has it, and it is another one than what is proven already. */
  isEnrolled(context: Context, state: SignInState): boolean | Promise<boolean>;
  /** What it shows, its field described by the id `describedBy`; a cookie that it needs goes into the reply. */
  form(
    context: Context,
    request: FastifyRequest,
    reply: FastifyReply,
    state: SignInState & { readonly describedBy?: string },
  ): SecondFactorForm | Promise<SecondFactorForm>;
  /** Looks at what the form sent; whoever can guess is charged before. */
  verify(
    context: Context,
    request: FastifyRequest,
    reply: FastifyReply,
    state: SignInState,
    fields: Readonly<Record<string, string | undefined>>,
  ): Promise<SecondFactorAnswer>;
  /** Addresses of its own under /login/second-factor/, where it needs any. */
  readonly routes?: (app: FastifyInstance, context: Context) => void;
}
