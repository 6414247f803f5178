import { counter } from '../plural.js';
import type { Translation } from '../strings.js';

const n = counter('ar');

/** Of one and of two things Arabic says no number: the word itself is singular or dual. */
const messages = (count: number): string => {
  if (count === 1) return 'رسالة جديدة واحدة';
  if (count === 2) return 'رسالتان جديدتان';
  return n(count, { few: 'رسائل جديدة', many: 'رسالة جديدة', other: 'رسالة جديدة' });
};
const characters = (count: number): string => {
  if (count === 1) return 'حرف واحد';
  if (count === 2) return 'حرفان';
  return n(count, { few: 'أحرف', many: 'حرفًا', other: 'حرف' });
};

/** Modern Standard Arabic, in plain words. */
const ar: Translation = {
  reviewed: false,

  launcher: 'تحدث معنا',
  unread: messages,

  panelTitle: 'تحدث معنا',
  close: 'إغلاق المحادثة',
  menu: 'خيارات أخرى',
  newConversation: 'بدء محادثة جديدة',
  endConversation: 'إنهاء هذه المحادثة',
  language: 'اللغة',
  textSize: 'حجم النص',
  smallerText: 'نص أصغر',
  largerText: 'نص أكبر',
  saveChat: 'حفظ هذه المحادثة',
  saveWarning: 'أي شخص يفتح هذا الملف يمكنه قراءة محادثتك.',
  saveText: 'حفظ كنص',
  saveData: 'حفظ كبيانات',
  printChat: 'طباعة هذه المحادثة',
  printWarning: 'أي شخص يرى هذه الورقة يمكنه قراءة محادثتك.',
  print: 'طباعة',
  mayNotWork: 'إذا لم يحدث شيء، فهذه الصفحة لا تسمح بذلك.',
  readAloud: 'قراءة الردود بصوت عالٍ',
  readThis: 'قراءة بصوت عالٍ',
  stopReading: 'إيقاف القراءة',
  noVoice: 'لا يوجد في هذا الجهاز صوت خاص به للقراءة.',

  connecting: 'جارٍ الاتصال…',
  connected: 'متصل',
  reconnecting: 'جارٍ الاتصال من جديد…',
  offline: 'أنت غير متصل بالإنترنت',
  closed: 'انتهت المحادثة',
  failed: 'غير متصل',

  tryNow: 'المحاولة الآن',
  tryAgain: 'المحاولة مرة أخرى',
  useHere: 'استخدامها هنا',
  checkAgain: 'تحقق مرة أخرى',
  dismiss: 'إخفاء',

  emergency: 'هل هذه حالة طارئة؟ اتصل بالرقم 911.',
  disclosure: 'أنت تتحدث مع مساعد ذكاء اصطناعي وليس مع شخص. وقد يخطئ.',
  humanContact: 'للتحدث مع شخص، اتصل بعيادتك.',

  log: 'الرسائل',
  emptyTitle: 'كيف يمكننا مساعدتك؟',
  emptyText: 'اكتب رسالة للبدء.',
  historyLoading: 'جارٍ تحميل رسائلك السابقة…',
  showEarlier: 'عرض الرسائل السابقة',
  newMessages: messages,
  jumpToLatest: 'الانتقال إلى أحدث رسالة',
  logHint: 'استخدم مفاتيح الأسهم للتنقل من رسالة إلى أخرى.',
  today: 'اليوم',
  yesterday: 'أمس',

  you: 'أنت',
  agent: 'مساعد الذكاء الاصطناعي',
  system: 'تنبيه',
  messageName: (author, time) => `${author}، ${time}`,
  aboutMessage: (beginning) => `: «${beginning}»`,
  incomplete: 'انقطع هذا الرد.',
  provisional: 'ما زال العمل جاريًا على الرد الكامل.',
  copy: 'نسخ',
  copied: 'تم النسخ',
  helpful: 'مفيد',
  notHelpful: 'غير مفيد',
  sayThanks: 'شكرًا لإخبارنا.',
  opensNewTab: 'يُفتح في علامة تبويب جديدة',
  table: 'جدول',
  codeBlock: 'رمز برمجي',
  crossedOut: (text) => `(مشطوب: ${text}، نهاية النص المشطوب)`,
  typing: 'مساعد الذكاء الاصطناعي يكتب…',
  stillWorking: 'ما زال مساعد الذكاء الاصطناعي يعمل على ذلك…',
  stopped: 'لقد أوقفت هذا الرد.',

  queued: 'في انتظار الإرسال',
  sent: 'تم الإرسال',
  checking: 'نتحقق من وصول هذه الرسالة…',
  unconfirmed: 'لا نعرف هل وصلت هذه الرسالة.',
  delivered: 'وصلت',
  notSent: 'لم تُرسل',
  dontSend: 'عدم الإرسال',
  edit: 'تعديل',
  sendAgain: 'إرسال مرة أخرى',
  checkNow: 'التحقق الآن',
  itArrived: 'لقد وصلت',
  askAgain: 'السؤال مرة أخرى',

  toolRunning: (name) => `قيد التنفيذ: ${name}`,
  toolSucceeded: (name) => `تم: ${name}`,
  toolFailed: (name) => `لم ينجح: ${name}`,
  toolFinished: (name) => `انتهى: ${name}`,
  toolDetails: 'التفاصيل',
  toolInput: 'ما أُرسل',
  toolResult: 'النتيجة',

  unfinished: 'لديك محادثة لم تنتهِ بعد. هل تريد متابعتها أم البدء من جديد؟',
  continueChat: 'متابعة',
  startOver: 'البدء من جديد',
  suggestions: 'ردود مقترحة',

  composerLabel: 'رسالتك',
  composerPlaceholder: 'اكتب رسالة',
  composerHint: 'اضغط Enter للإرسال، وShift مع Enter لسطر جديد.',
  send: 'إرسال',
  stop: 'إيقاف الرد',
  charactersLeft: (count) => `المتبقي: ${characters(count)}`,
  charactersOver: (count) => `الزائد: ${characters(count)}`,
  lockTitle: 'المحادثة مخفية',
  lockText: 'أخفينا رسائلك حفاظًا على خصوصيتك.',
  lockSignIn: 'سجّل الدخول مرة أخرى لرؤية محادثتك.',
  unlock: 'إظهار محادثتي',
  lockWarning: 'هل ما زلت هنا؟ ستُخفى المحادثة قريبًا. اضغط أي مفتاح لإبقائها مفتوحة.',
  finishWarning: 'هل ما زلت هنا؟ ستنتهي المحادثة قريبًا. اضغط أي مفتاح لإبقائها مفتوحة.',
  keepOpen: 'إبقاؤها مفتوحة',
  consentTitle: 'قبل أن تبدأ',
  consentText:
    'تذهب رسائلك إلى خدمة المحادثة في عيادتك، ويجيب عنها مساعد ذكاء اصطناعي. لن يُرسل أي شيء قبل موافقتك. يمكنك أيضًا الاتصال بعيادتك.',
  consentAgree: 'أوافق وأريد المحادثة',
  consentDecline: 'ليس الآن',

  approvalTitle: 'يرجى المراجعة والتأكيد',
  approve: 'موافقة',
  reject: 'رفض',

  noteApproved: 'وافقت على هذا.',
  noteRejected: 'رفضت هذا.',
  noteEnded: 'انتهت هذه المحادثة.',
  noteResumedThread: 'تستمر محادثتك السابقة هنا.',
  noteNewThread: 'تبدأ محادثة جديدة هنا.',
  noteHandover: 'تم تحويل محادثتك إلى فريق الرعاية.',
  takenOver: 'يتولى شخص من عيادتك هذه المحادثة الآن.',
  noteIdle: 'المحادثة متوقفة مؤقتًا. اكتب رسالة للمتابعة.',

  sayReplying: 'مساعد الذكاء الاصطناعي يرد.',
  saySent: 'تم إرسال الرسالة.',
  sayQueued: 'رسالتك في انتظار الإرسال.',
  sayNotSent: 'لم تُرسل رسالتك.',
  sayUnconfirmed: 'لسنا متأكدين من وصول رسالتك.',
  sayReply: (text) => `مساعد الذكاء الاصطناعي: ${text}`,
  sayLongReply: (beginning) =>
    `مساعد الذكاء الاصطناعي: ${beginning} هذا رد طويل. انتقل إلى الرسائل لقراءته كاملًا.`,
  sayStopped: 'تم إيقاف الرد.',
  sayUnread: (count) => `في المحادثة: ${messages(count)}.`,
  sayConnected: 'تم الاتصال بالمحادثة.',
  sayReconnecting: 'انقطع الاتصال. نحاول مرة أخرى.',
  sayOffline: 'أنت غير متصل بالإنترنت.',

  errors: {
    'missing-attribute': (subject) => [
      `لم يتم إعداد هذه المحادثة بعد: ينقص «${subject}».`,
      `أضف «${subject}» إلى وسم amigo-chat.`,
    ],
    'invalid-attribute': (subject) => [
      `إعداد هذه المحادثة غير صحيح: قيمة «${subject}» غير صالحة.`,
      `صحح «${subject}» في وسم amigo-chat.`,
    ],
    'missing-token-source': [
      'لم يتم إعداد هذه المحادثة بعد: لا توجد طريقة لتسجيل الدخول.',
      'أضف «token-url» أو «getToken» إلى وسم amigo-chat.',
    ],
    'no-websocket': ['متصفحك قديم جدًا لهذه المحادثة.', 'حدّثه أو اتصل بعيادتك.'],
    'blocked-by-policy': ['لا تسمح هذه الصفحة للمحادثة بالاتصال.', 'اتصل بعيادتك في الوقت الحالي.'],
    'token-failed': ['تعذر تسجيل دخولك إلى المحادثة.', 'انتظر قليلًا ثم حاول مرة أخرى.'],
    'token-timeout': ['استغرق تسجيل الدخول وقتًا طويلًا.', 'حاول مرة أخرى.'],
    'token-invalid': ['لم ينجح تسجيل الدخول إلى المحادثة.', 'أعد تحميل الصفحة أو اتصل بعيادتك.'],
    'signed-out': ['تم تسجيل خروجك.', 'سجّل الدخول مرة أخرى لمتابعة المحادثة.'],
    'origin-refused': ['لا يمكن استخدام المحادثة في هذه الصفحة.', 'افتحها من الموقع الرئيسي لعيادتك.'],
    forbidden: ['ليس لديك إذن لهذه المحادثة.', 'إذا كنت تظن أن هذا خطأ، فاتصل بعيادتك.'],
    'could-not-connect': ['تعذر الاتصال.', 'تحقق من الإنترنت. سنستمر في المحاولة.'],
    'connection-lost': ['انقطع الاتصال.', 'نحاول استعادته.'],
    offline: ['أنت غير متصل بالإنترنت.', 'تحقق من الاتصال. يمكنك مواصلة الكتابة.'],
    'server-unavailable': ['المحادثة لا تعمل الآن.', 'سنحاول مرة أخرى قريبًا.'],
    'server-error': ['حدث خطأ من جهتنا.', 'حاول مرة أخرى بعد دقيقة.'],
    'too-many-connections': ['المحادثة مشغولة جدًا.', 'انتظر قليلًا. سنحاول مرة أخرى قريبًا.'],
    'open-elsewhere': ['هذه المحادثة مفتوحة في نافذة أخرى.', 'استخدمها هنا أو ابدأ محادثة جديدة.'],
    'refused-request': ['تعذر بدء المحادثة.', 'أعد تحميل الصفحة أو اتصل بعيادتك.'],
    'not-found': ['لم نجد خدمة المحادثة هذه.', 'اتصل بعيادتك.'],
    'conversation-not-found': ['لم نجد هذه المحادثة.', 'يمكنك بدء محادثة جديدة.'],
    'policy-violation': ['أُغلقت المحادثة حفاظًا على الأمان.', 'اتصل بعيادتك إذا احتجت إلى مساعدة.'],
    'closed-by-server': ['أُغلقت المحادثة.', 'حاول فتحها مرة أخرى.'],
    'unreadable-frames': ['تعذرت قراءة جزء من الرد.', 'إذا كان هناك شيء ناقص، فاسأل مرة أخرى.'],
    'message-blank': ['رسالتك فارغة.', 'اكتب شيئًا أولًا.'],
    'message-too-long': ['رسالتك طويلة جدًا.', 'اختصرها أو أرسلها على أجزاء.'],
    'message-refused': ['تعذر إرسال رسالتك.', 'غيّرها وأرسلها مرة أخرى.'],
    'reply-failed': ['لم ينجح الرد.', 'اطرح سؤالك مرة أخرى.'],
    'reply-interrupted': ['انقطع الرد.', 'نبحث عن بقيته.'],
    'reply-timeout': ['استغرق الرد وقتًا طويلًا.', 'انتظر دقيقة ثم اسأل مرة أخرى.'],
    'reply-too-long': ['الرد أطول من أن يُعرض.', 'اطلب ردًا أقصر.'],
    'reply-delayed': ['الإجابة الكاملة تستغرق وقتًا أطول من المعتاد.', 'توقفنا عن التحقق الآن.'],
    'approval-failed': ['تعذر إرسال قرارك.', 'يرجى المحاولة مرة أخرى.'],
    'history-unavailable': ['تعذر تحميل رسائلك القديمة.', 'ما زال بإمكانك كتابة رسائل جديدة.'],
  },
};

export default ar;
