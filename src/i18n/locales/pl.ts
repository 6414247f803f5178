import type { Translation } from '../strings.js';

const pl: Translation = { reviewed: false };

export default pl;
