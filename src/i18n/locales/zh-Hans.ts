import type { Translation } from '../strings.js';

const zhHans: Translation = { reviewed: false };

export default zhHans;
