import { describe, expect, it } from 'vitest';
import { builtInCatalogues } from '../../src/i18n/catalogues.js';
import { guessLanguage, messageLanguage } from '../../src/i18n/guess-language.js';
import { en } from '../../src/i18n/locales/en.js';
import { mergeStrings, type Strings } from '../../src/i18n/strings.js';

describe('guessLanguage', () => {
  it.each([
    ['en', 'Your visit is on Tuesday at 10:30. You can change it, or call the clinic.'],
    ['es', 'Su cita es el martes a las 10:30. Usted puede cambiarla o llamar a la clínica.'],
    ['fr', 'Votre rendez-vous est mardi à 10 h 30. Vous pouvez le changer ou appeler la clinique.'],
    ['pt', 'Sua consulta é na terça. Você não pode comer antes do exame, e está tudo pronto.'],
    ['vi', 'Lịch hẹn của quý vị là thứ Ba. Quý vị có thể đổi lịch hẹn này.'],
    ['fil', 'Ang inyong appointment ay sa Martes. Puwede ninyong baguhin ito kung kailangan.'],
    ['ht', 'Randevou ou a se madi. Ou kapab chanje l, oswa rele klinik la pou yo ede w.'],
    ['pl', 'Wizyta jest we wtorek. Nie trzeba nic robić, czy to jest jasne?'],
    ['zh', '您的预约在星期二上午十点半。'],
    ['ja', 'ご予約は火曜日の午前十時半です。'],
    ['ko', '예약은 화요일 오전 10시 30분입니다.'],
    ['ru', 'Ваш приём во вторник в 10:30.'],
    ['ar', 'موعدك يوم الثلاثاء الساعة العاشرة والنصف.'],
    ['fa', 'نوبت شما سه‌شنبه است، لطفاً پیش از آن چیزی نخورید.'],
    ['ur', 'آپ کی ملاقات منگل کو ہے۔ براہ کرم وقت پر آئیے۔'],
    ['hi', 'आपकी मुलाक़ात मंगलवार को है।'],
    ['hy', 'Ձեր այցը երեքշաբթի է։'],
  ])('knows %s', (language, text) => {
    expect(guessLanguage(text)).toBe(language);
  });

  it.each(['', '42', 'OK', 'Dr. Okafor', 'Lisinopril 10 mg', 'Ibuprofen, Metformin, Albuterol', '🙂'])(
    'does not guess of “%s”',
    (text) => {
      expect(guessLanguage(text)).toBeUndefined();
    },
  );

  it('takes a name in another script for no change of language', () => {
    expect(guessLanguage('Your visit with Dr. 王小明 is on Tuesday and you can call the clinic.')).toBe('en');
  });

  it('is not far from wrong where two languages are mixed: it says nothing', () => {
    expect(
      guessLanguage('The clinic is open for you. El doctor y las enfermeras para usted.'),
    ).toBeUndefined();
  });

  it('never takes our own sentences for another language', async () => {
    const wrong: string[] = [];
    for (const [tag, found] of Object.entries(builtInCatalogues)) {
      const catalogue = mergeStrings(en, typeof found === 'function' ? (await found()).default : found);
      const texts: (keyof Strings)[] = ['disclosure', 'humanContact', 'noteIdle', 'sayReconnecting'];
      for (const key of texts) {
        const guess = guessLanguage(catalogue[key] as string);
        if (guess !== undefined && guess !== tag.split('-')[0]) wrong.push(`${tag}.${key}: ${guess}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('looks at the beginning of a long text only', () => {
    expect(guessLanguage(`${'你好。'.repeat(200)}${'Hello there. '.repeat(1000)}`)).toBe('zh');
  });
});

describe('messageLanguage', () => {
  const spanish = { text: 'Su cita es el martes. Usted puede cambiarla por teléfono.' };

  it('is told where it differs from what is around', () => {
    expect(messageLanguage(spanish, 'en-US')).toBe('es');
  });

  it('is left to the tag around where the language is the same', () => {
    expect(messageLanguage(spanish, 'es-MX')).toBeUndefined();
  });
});
