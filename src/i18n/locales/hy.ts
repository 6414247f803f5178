import type { Translation } from '../strings.js';

const hy: Translation = { reviewed: false };

export default hy;
