import type { Translation } from '../strings.js';

const ptBR: Translation = { reviewed: false };

export default ptBR;
