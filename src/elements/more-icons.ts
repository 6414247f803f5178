import { icon } from './icons.js';

export const saveIcon = icon('M12 4v11M7.500 11l4.500 4.500 4.500-4.500M5 20h14');
export const printIcon = icon('M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z');
export const speakIcon = icon(
  'M4 9.500v5h3.500L12 18.500v-13L7.500 9.500zM15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11',
);
