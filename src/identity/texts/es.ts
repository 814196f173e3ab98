import type { Texts } from '../../lib/message-format.ts';
import type { en } from './en.ts';

export const es: Texts<typeof en> = {
  signInSubject: 'Inicio de sesión en {house}',
  signInText:
    'Alguien, esperamos que usted, quiere iniciar sesión en {house}. Escriba este código en la página donde lo pidió o abra el enlace.',
  signInLabel: 'Iniciar sesión',
  signInClosing:
    'El código y el enlace sirven una sola vez, durante {minutes, plural, one {# minuto} other {# minutos}}. No dé el código a nadie, ni siquiera a quien llame en nuestro nombre. Si no lo pidió, no haga nada.',
  resetSubject: 'Elija una contraseña nueva',
  resetText: 'Alguien, esperamos que usted, pidió una contraseña nueva para la cuenta {username} de {house}.',
  resetClosing:
    'El enlace sirve una sola vez, durante {minutes, plural, one {# minuto} other {# minutos}}. Si no lo pidió, no haga nada: su contraseña no cambia.',
  confirmSubject: 'Confirme su dirección de correo',
  confirmText:
    'Alguien, esperamos que usted, indicó esta dirección para una cuenta de {house}. Escriba este código en la página donde la indicó o abra el enlace.',
  confirmLabel: 'Confirmar la dirección',
  confirmClosing:
    'El código y el enlace sirven una sola vez, durante {hours, plural, one {# hora} other {# horas}}. Si no fue usted, no haga nada.',
  takenSubject: 'Su dirección se indicó para otra cuenta',
  takenText:
    'Alguien indicó esta dirección para otra cuenta de {house}, pero ya pertenece a la suya. No ha cambiado nada. Si fue usted, inicie sesión con esta dirección.',
  emailChangedSubject: 'Su dirección de correo ha cambiado',
  emailChangedText: 'La dirección de correo de su cuenta {username} de {house} ahora es {email}.',
  undoLabel: 'Deshacer el cambio',
  undoClosing:
    'Si fue usted, no tiene que hacer nada. Si no, deshágalo en un plazo de {days, plural, one {# día} other {# días}}: esta dirección volverá y se cerrarán todas las sesiones de su cuenta.',
  newDeviceSubject: 'Nuevo inicio de sesión en su cuenta',
  newDeviceText: 'Alguien inició sesión en su cuenta {username} de {house} con un navegador que aún no conocíamos.',
  newDeviceDetails: 'Cuándo: {time}\nNavegador: {device}\nDirección de red: {address}',
  passwordChangedSubject: 'Su contraseña ha cambiado',
  passwordChangedText: 'Se cambió la contraseña de su cuenta {username} de {house}.',
  passkeyAddedSubject: 'Se añadió una llave de acceso',
  passkeyAddedText: 'Con la llave de acceso «{name}» ya se puede iniciar sesión en su cuenta {username} de {house}.',
  passkeyRemovedSubject: 'Se eliminó una llave de acceso',
  passkeyRemovedText:
    'Con la llave de acceso «{name}» ya no se puede iniciar sesión en su cuenta {username} de {house}.',
  secondFactorAddedSubject: 'Se configuró un segundo paso',
  secondFactorAddedText:
    'Para iniciar sesión en su cuenta {username} de {house} ahora hace falta un segundo paso: {name}.',
  secondFactorRemovedSubject: 'Se eliminó un segundo paso',
  secondFactorRemovedText:
    'Este segundo paso ya no se pide para iniciar sesión en su cuenta {username} de {house}: {name}.',
  recoveryCodeUsedSubject: 'Se usó un código de recuperación',
  recoveryCodeUsedText: 'Alguien inició sesión en su cuenta {username} de {house} con un código de recuperación.',
  providerLinkedSubject: 'Se vinculó otra cuenta',
  providerLinkedText: 'Ya se puede iniciar sesión en su cuenta {username} de {house} con {name}.',
  providerUnlinkedSubject: 'Se desvinculó otra cuenta',
  providerUnlinkedText: 'Ya no se puede iniciar sesión en su cuenta {username} de {house} con {name}.',
  passkeyRefusedSubject: 'Se rechazó una llave de acceso',
  passkeyRefusedText:
    'Alguien intentó iniciar sesión en su cuenta {username} de {house} con la llave de acceso «{name}». Se rechazó porque parece que existe una copia.',
  passkeyRefusedClosing:
    'Elimine esta llave de acceso de su cuenta y añada una nueva, aunque fuera usted. Si no fue usted, avise a su administrador.',
  secondFactorsRemovedSubject: 'Se eliminaron sus segundos pasos',
  secondFactorsRemovedText:
    'Un administrador eliminó todos los segundos pasos de su cuenta {username} de {house}: aplicación de autenticación, llaves de acceso, códigos de recuperación y dispositivos de confianza. Se ha cerrado su sesión en todas partes.',
  secondFactorsRemovedClosing:
    'Si usted lo pidió, inicie sesión y configure de nuevo un segundo paso. Si no, avise a su administrador.',
  accountLabel: 'Ver su cuenta',
  noticeClosing:
    'Si fue usted, no tiene que hacer nada. Si no, elija una contraseña nueva con «¿Ha olvidado su contraseña?» en la página de inicio de sesión: así se cierran todas las sesiones. Y avise a su administrador.',
};
