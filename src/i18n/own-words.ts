import type { OnDemandStrings, Strings } from './strings.js';

/** What a file loaded on demand says besides the catalogue, in the languages inside the script. */
type OwnWords<Words extends Partial<OnDemandStrings>> = Readonly<Record<Strings['builtIn'], Words>>;

/** A catalogue with those words. What the page gives, or another language, comes before them. */
export function withOwnWords<Words extends Partial<OnDemandStrings>>(
  strings: Strings,
  words: OwnWords<Words>,
): Strings & Words {
  return { ...words[strings.builtIn], ...strings };
}

export const moreWords = {
  en: {
    textSize: 'Text size',
    smallerText: 'Smaller text',
    largerText: 'Larger text',
    saveChat: 'Save this chat',
    saveWarning: 'Anyone who opens this file can read your chat.',
    saveText: 'Save as text',
    saveData: 'Save as data',
    printChat: 'Print this chat',
    printWarning: 'Anyone who sees this paper can read your chat.',
    print: 'Print',
    mayNotWork: 'If nothing happens, this page does not allow it.',
    readAloud: 'Read replies aloud',
    readThis: 'Read aloud',
    stopReading: 'Stop reading',
    noVoice: 'This device has no voice of its own to read with.',
  },
  es: {
    textSize: 'Tamaño del texto',
    smallerText: 'Texto más pequeño',
    largerText: 'Texto más grande',
    saveChat: 'Guardar este chat',
    saveWarning: 'Cualquiera que abra este archivo puede leer su chat.',
    saveText: 'Guardar como texto',
    saveData: 'Guardar como datos',
    printChat: 'Imprimir este chat',
    printWarning: 'Cualquiera que vea este papel puede leer su chat.',
    print: 'Imprimir',
    mayNotWork: 'Si no pasa nada, esta página no lo permite.',
    readAloud: 'Leer las respuestas en voz alta',
    readThis: 'Leer en voz alta',
    stopReading: 'Dejar de leer',
    noVoice: 'Este dispositivo no tiene una voz propia para leer.',
  },
} satisfies OwnWords<Partial<OnDemandStrings>>;

export const languageWords = {
  en: {
    language: 'Language',
  },
  es: {
    language: 'Idioma',
  },
} satisfies OwnWords<Partial<OnDemandStrings>>;

export const thumbsWords = {
  en: {
    helpful: 'Helpful',
    notHelpful: 'Not helpful',
  },
  es: {
    helpful: 'Me sirvió',
    notHelpful: 'No me sirvió',
  },
} satisfies OwnWords<Partial<OnDemandStrings>>;

export const choiceWords = {
  en: {
    continueChat: 'Continue',
    startOver: 'Start over',
  },
  es: {
    continueChat: 'Continuar',
    startOver: 'Empezar de nuevo',
  },
} satisfies OwnWords<Partial<OnDemandStrings>>;

export const quickReplyWords = {
  en: {
    suggestions: 'Suggested replies',
  },
  es: {
    suggestions: 'Respuestas sugeridas',
  },
} satisfies OwnWords<Partial<OnDemandStrings>>;

export const approvalWords = {
  en: {
    approve: 'Approve',
    reject: 'Decline',
  },
  es: {
    approve: 'Aprobar',
    reject: 'Rechazar',
  },
} satisfies OwnWords<Partial<OnDemandStrings>>;

export const consentWords = {
  en: {
    consentText:
      'Your messages go to your clinic’s chat service. An AI helper answers them. Nothing is sent until you agree. You can also call your clinic instead.',
    consentAgree: 'I agree and want to chat',
    consentDecline: 'Not now',
  },
  es: {
    consentText:
      'Sus mensajes van al servicio de chat de su clínica. Los responde un asistente de IA. No se envía nada hasta que usted acepte. También puede llamar a su clínica.',
    consentAgree: 'Acepto y quiero chatear',
    consentDecline: 'Ahora no',
  },
} satisfies OwnWords<Partial<OnDemandStrings>>;
