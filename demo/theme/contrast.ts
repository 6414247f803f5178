/** How well two colours can be told apart (WCAG 2.2), asked of the browser, so that any notation will do. */

/** Contrast ratio, 1 to 21; undefined where one of them is no colour. */
export function contrastOf(front: string, back: string): number | undefined {
  const [one, other] = [luminanceOf(front), luminanceOf(back)];
  if (one === undefined || other === undefined) return undefined;
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function luminanceOf(colour: string): number | undefined {
  if (!CSS.supports('color', colour)) return undefined;
  const probe = document.body.appendChild(document.createElement('i'));
  // Mixed with itself, a colour of any notation is computed in sRGB.
  probe.style.color = `color-mix(in srgb, ${colour}, ${colour})`;
  const channels = getComputedStyle(probe).color.match(/[\d.]+/g) ?? [];
  probe.remove();
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const value = Number(channel);
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
