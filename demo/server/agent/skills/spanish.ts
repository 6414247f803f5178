import { firstVisit, findDay, slotsOn } from '../calendar.js';
import type { Intent } from '../recognise.js';
import { answer, quickThought, type Answer, type AgentStep, type Turn } from '../turn.js';

const SPANISH_WORDS = new Set(
  `hola gracias ayuda quiero necesito puedo tengo mi mis cita por favor una un el la los las para con que cuando como donde
  medicina medicamento receta resultados seguro buenos buenas dias tardes hablar persona cambiar mover jueves lunes martes
  miercoles viernes manana si de en dolor adios cancelar explicar significa azucar sangre usted es esta me se le lo al del
  pastillas horario`.split(/\s+/),
);

/** At least half of the words, and more than a stray one, are Spanish; a lone "sí" answers in the language spoken so far. */
export function isSpanish({ words }: Turn): boolean {
  const tokens = words.plain.split(' ');
  const known = tokens.filter((token) => SPANISH_WORDS.has(token)).length;
  if (tokens.length <= 2)
    return tokens.some((token) =>
      [
        'hola',
        'gracias',
        'ayuda',
        'adios',
        'buenos',
        'buenas',
        'quien',
        'cita',
        'receta',
        'resultados',
        'lunes',
        'martes',
        'miercoles',
        'jueves',
        'viernes',
      ].includes(token),
    );
  return known >= 2 && known / tokens.length >= 0.45;
}

const ABILITIES =
  'Puedo ayudarle a cambiar una cita, pedir una medicina, ver sus resultados o revisar su seguro.';
const MORE =
  'Mi español es básico: es una demostración con guion. Para los detalles puedo seguir en inglés, o puede llamar al (555) 010-0199.';

const REPLIES: Partial<Record<Intent, string>> = {
  greeting: `¡Hola! Soy el asistente virtual de la clínica. ${ABILITIES} En una emergencia, llame al **911**.`,
  thanks: '¡De nada! ¿Puedo ayudarle en algo más?',
  bye: '¡Cuídese! Puede escribirme cuando quiera.',
  human:
    'Claro. Puede hablar con una persona en el [(555) 010-0199](tel:+15550100199), de lunes a viernes, de 8 a 17 h.',
  hours: 'Abrimos **de lunes a viernes, de 8 a 17 h**, en 120 Main Street.',
  about: `Soy un programa de computadora, no una persona. ${ABILITIES} ${MORE}`,
  refill: `Sus medicinas son: **Lisinopril**, **Metformin** y el **inhalador de Albuterol**. ¿Cuál necesita? ${MORE}`,
  lab: `Su colesterol LDL está alto (138 mg/dL; meta: menos de 100) y su azúcar un poco alta (A1c 5,9 %). No es una emergencia. ${MORE}`,
  insurance: `Su plan **Blue Cross PPO** está activo. El copago de una visita es de **25 dólares**. ${MORE}`,
};

/** The basics in Spanish, and an honest word about the rest. */
export function inSpanish(intent: Intent | undefined, turn: Turn): Answer {
  const namesDay = turn.memory.topic === 'visit' && findDay(turn.words.plain, turn.now) !== undefined;
  if ((!intent && namesDay) || intent === 'reschedule' || intent === 'visit-time' || intent === 'cancel')
    return visitInSpanish(turn);
  const text = (intent && REPLIES[intent]) ?? `Perdón, no le entendí. ${ABILITIES} ${MORE}`;
  const topic =
    intent === 'refill'
      ? ({ topic: 'refill', refill: { ...turn.memory.refill, stage: 'which' } } as const)
      : {};
  return answer({ ...turn.memory, ...topic }, quickThought, { say: text });
}

function visitInSpanish(turn: Turn): Answer {
  const { memory, words, now } = turn;
  const day = findDay(words.plain, now);
  const visit = memory.visit.booked ?? firstVisit(now);
  const say = (date: string): string =>
    new Intl.DateTimeFormat('es', { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00:00Z`),
    );
  if (!day)
    return answer(
      { ...memory, topic: 'visit' },
      { say: `Su cita es el **${say(visit.date)}** a las ${visit.time}. ¿Qué día prefiere?` },
    );
  const offered = slotsOn(day, memory.visit.doctor);
  const tool: AgentStep = {
    tool: 'find_open_slots',
    input: { date: day, doctor: memory.visit.doctor },
    result: { slots: offered },
  };
  const list =
    offered.map((slot, index) => `${index + 1}. ${slot.time}`).join('\n') || 'No hay horas libres.';
  const visitMemory = { ...memory.visit, stage: 'choosing', day, offered } as const;
  return answer({ ...memory, topic: 'visit', visit: visitMemory }, quickThought, tool, {
    say: `El **${say(day)}** hay:\n\n${list}\n\n¿Cuál prefiere?`,
  });
}
