/** A tool's name in words: `schedule_lookup` and `scheduleLookup` both become "Schedule lookup". */
export function toolNameInWords(name: string): string {
  const words = name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_\-.:/]+/)
    .filter(Boolean);
  const shouted = !/\p{Ll}/u.test(name);
  const phrase = words.map((word) => (!shouted && isAcronym(word) ? word : word.toLowerCase())).join(' ');
  return phrase ? phrase.charAt(0).toUpperCase() + phrase.slice(1) : name;
}

/** "EHR" in `getEHRRecord` is left as it is. */
function isAcronym(word: string): boolean {
  return word.length > 1 && word === word.toUpperCase();
}
