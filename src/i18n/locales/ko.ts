import type { Translation } from '../strings.js';

const ko: Translation = { reviewed: false };

export default ko;
