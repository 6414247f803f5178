/** Whether the key is Tab: WebKitGTK names it “Unidentified” together with Shift. */
export const isTab = ({ key, code }: KeyboardEvent): boolean => key === 'Tab' || code === 'Tab';
