import type { Texts } from '../../../../../lib/message-format.ts';
import type { en } from './en.ts';

export const pt: Texts<typeof en> = {
  providers: 'Contas noutros sítios',
  providersLead: 'Contas noutros fornecedores com as quais pode iniciar sessão aqui.',
  provider: 'Fornecedor',
  account: 'Conta',
  connectedSince: 'Associada',
  lastUsedAt: 'Última utilização',
  never: 'Nunca',
  switchedOff: 'desativado',
  actions: 'Ações',
  disconnect: 'Desassociar',
  connectWith: 'Associar a {provider}',
  disconnected: 'A conta está desassociada.',
  lastWayIn:
    'É a única forma de iniciar sessão na sua conta. Defina primeiro uma palavra-passe ou adicione uma chave de acesso.',
};
