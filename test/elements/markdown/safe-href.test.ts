import { expect, it } from 'vitest';
import { safeHref } from '../../../src/elements/markdown/safe-href.js';

it.each([
  ['https://clinic.example/a?b#c', 'https://clinic.example/a?b#c'],
  ['HTTP://clinic.example', 'http://clinic.example/'],
  ['tel:911', 'tel:911'],
  ['mailto:a@b.example', 'mailto:a@b.example'],
  ['ht\ntps://clinic.example/', 'https://clinic.example/'],
])('follows %j', (address, href) => {
  expect(safeHref(address)).toBe(href);
});

it.each([
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\tscript:alert(1)', '\u0001javascript:alert(1)',
  ' javascript:alert(1)', 'java\u200bscript:alert(1)', 'javascript&colon;alert(1)', '&#106;avascript:alert(1)',
  'vbscript:x', 'data:text/html,<script>alert(1)</script>', 'blob:https://a.b/c', 'file:///etc/passwd',
  'ftp://a.b', 'about:blank', '/portal', '//evil.example', 'page.html', '#top', '', 'https://',
  'https://clinic.example@evil.example/', 'view-source:https://a.b', 'filesystem:https://a.b/c',
])('refuses %j', (address) => {
  expect(safeHref(address)).toBeUndefined();
}); // prettier-ignore
