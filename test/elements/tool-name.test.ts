import { describe, expect, it } from 'vitest';
import { toolNameInWords } from '../../src/elements/tool-name.js';

describe('the name of a tool in words', () => {
  it.each([
    ['schedule_lookup', 'Schedule lookup'],
    ['scheduleLookup', 'Schedule lookup'],
    ['ScheduleLookup', 'Schedule lookup'],
    ['getEHRRecord', 'Get EHR record'],
    ['find-open.slots', 'Find open slots'],
    ['SCHEDULE_LOOKUP', 'Schedule lookup'],
    ['lookup2Slots', 'Lookup2 slots'],
    ['buscar_próxima_cita', 'Buscar próxima cita'],
    ['__', '__'],
    ['', ''],
  ])('%s → %s', (name, words) => {
    expect(toolNameInWords(name)).toBe(words);
  });
});
