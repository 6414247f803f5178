/** The made-up clinic's records that the agent's tools look into. */
export interface Medicine {
  readonly name: string;
  readonly strength: string;
  readonly purpose: string;
  readonly refillsLeft: number;
  /** Words a patient may use for it, as a pattern on plain text. */
  readonly called: RegExp;
}

/** What the demo patient takes; the inhaler has no refills left, so that the renewal path can be seen. */
export const medicines: readonly Medicine[] = [
  {
    name: 'Lisinopril',
    strength: '10 mg',
    purpose: 'blood pressure',
    refillsLeft: 2,
    called: /\b(?:lisinopril|blood pressure|pressure pills?|bp|presion)\b/,
  },
  {
    name: 'Metformin',
    strength: '500 mg',
    purpose: 'blood sugar',
    refillsLeft: 3,
    called: /\b(?:metformin\w*|diabetes|sugar|azucar)\b/,
  },
  {
    name: 'Albuterol inhaler',
    strength: '90 mcg',
    purpose: 'asthma',
    refillsLeft: 0,
    called: /\b(?:albuterol|inhaler|puffer|asthma|inhalador|asma)\b/,
  },
];

/** One line of a lab result, with its meaning in plain words. */
export interface LabValue {
  readonly test: string;
  readonly result: string;
  readonly normal: string;
  readonly flag: 'normal' | 'high' | 'a little high';
  readonly called: RegExp;
  readonly meaning: string;
}

/** The latest panel: mildly out of range, so that there is something to explain and nothing to fear. */
export const labValues: readonly LabValue[] = [
  {
    test: 'Total cholesterol',
    result: '212 mg/dL',
    normal: 'under 200',
    flag: 'a little high',
    called: /\b(?:total cholesterol|cholesterol|colesterol)\b/,
    meaning:
      'It adds up the good and the bad cholesterol. Yours is just above the goal, mostly because of the LDL.',
  },
  {
    test: 'LDL ("bad") cholesterol',
    result: '138 mg/dL',
    normal: 'under 100',
    flag: 'high',
    called: /\bldl\b|\bbad cholesterol\b/,
    meaning:
      'LDL can build up in blood vessels. Yours is above the goal. Food and movement often bring it down.',
  },
  {
    test: 'HDL ("good") cholesterol',
    result: '52 mg/dL',
    normal: 'over 40',
    flag: 'normal',
    called: /\bhdl\b|\bgood cholesterol\b/,
    meaning: 'HDL helps to clear cholesterol away. Yours is where it should be.',
  },
  {
    test: 'Hemoglobin A1c',
    result: '5.9 %',
    normal: 'under 5.7',
    flag: 'a little high',
    called: /\b(?:a1c|hba1c|glucose|sugar|diabetes|glucosa|azucar)\b/,
    meaning:
      'A1c shows your average blood sugar over three months. 5.7 to 6.4 is called prediabetes: a good time to act.',
  },
];

/** Whom a visit can be with. "Lee" needs a title beside it, being a common word in names of streets. */
export const doctors: readonly { readonly name: string; readonly called: RegExp }[] = [
  { name: 'Dr. Okafor', called: /\bokafor\b/ },
  { name: 'Dr. Lee', called: /\b(?:dr|doctor|with) lee\b/ },
  { name: 'Dr. Patel', called: /\bpatel\b/ },
];

/** Where a refill can be sent. */
export const pharmacies: readonly { readonly name: string; readonly called: RegExp }[] = [
  { name: 'Walgreens on Main Street', called: /\bwalgreens?\b/ },
  { name: 'CVS on Oak Avenue', called: /\bcvs\b/ },
  { name: 'Costco Pharmacy', called: /\bcostco\b/ },
];
