import type { Translation } from '../strings.js';

const zhHant: Translation = { reviewed: false };

export default zhHant;
