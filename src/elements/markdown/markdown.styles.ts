import { css } from 'lit';

/** Blocks are spaced by what follows them, so that a block which arrives moves nothing that is shown. */
export const styles = css`
  :host {
    display: block;
    overflow-wrap: anywhere;
  }
  * {
    box-sizing: border-box;
  }
  .run {
    display: block;
  }
  div > *,
  blockquote > *,
  li > * {
    margin-block: 0;
  }
  * + :is(p, h1, h2, h3, h4, h5, h6, pre, blockquote, ul, ol, hr, .table) {
    margin-block-start: 0.6em;
  }
  li > :is(ul, ol),
  li + li {
    margin-block-start: 0.25em;
  }
  h1,
  h2,
  h3,
  h4,
  h5,
  h6 {
    font-size: 1.05em;
    line-height: 1.3;
  }
  ul,
  ol {
    padding-inline-start: 1.5em;
  }
  /* A phone number that breaks is read, and typed, as two. */
  a[href^='tel:'] {
    white-space: nowrap;
  }
  a {
    color: var(--amigo-color-link, LinkText);
    text-underline-offset: 0.15em;
  }
  :focus-visible {
    outline: 2px solid var(--amigo-color-focus, currentColor);
    outline-offset: 2px;
  }
  code,
  pre {
    font-family: var(--amigo-font-mono);
    font-size: 0.9em;
    background: var(--amigo-color-code-background);
    border-radius: var(--amigo-radius-small);
  }
  code {
    padding-inline: 0.25em;
  }
  pre {
    padding: 0.6em 0.8em;
    overflow-x: auto;
    overflow-wrap: normal;
  }
  pre code {
    padding: 0;
    font-size: inherit;
    background: none;
  }
  blockquote {
    margin-inline: 0;
    padding-inline-start: 0.8em;
    border-inline-start: 3px solid var(--amigo-color-border, GrayText);
  }
  hr {
    border: 0;
    border-block-start: 1px solid var(--amigo-color-border, GrayText);
  }
  /* A shade at the side where more of the table is hidden; it scrolls away with the last column. */
  .table {
    --bubble: var(--amigo-color-agent-bubble, Canvas);
    max-inline-size: 100%;
    overflow-x: auto;
    background:
      linear-gradient(90deg, var(--bubble) 40%, transparent) left / 28px 100% no-repeat local,
      linear-gradient(-90deg, var(--bubble) 40%, transparent) right / 28px 100% no-repeat local,
      linear-gradient(90deg, var(--amigo-color-border-strong, GrayText), transparent) left / 12px 100%
        no-repeat scroll,
      linear-gradient(-90deg, var(--amigo-color-border-strong, GrayText), transparent) right / 12px 100%
        no-repeat scroll;
  }
  table {
    border-collapse: collapse;
  }
  th,
  td {
    padding: 0.3em 0.6em;
    border: 1px solid var(--amigo-color-border, GrayText);
    text-align: start;
    vertical-align: top;
    overflow-wrap: normal;
  }
  .center {
    text-align: center;
  }
  .end {
    text-align: end;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
