import { answer, backToParked, deepThought, type Answer, type Turn } from '../turn.js';

/** The long answer: a guide of more than 2,000 tokens, with headings, lists, a table and a four-week plan. */
export function guide(turn: Turn): Answer {
  const back = backToParked({ ...turn.memory, topic: 'guide' });
  return answer(
    back.memory,
    deepThought,
    {
      tool: 'search_patient_library',
      input: { topic: 'healthy blood pressure' },
      result: { articles: 4 },
      ms: 1_000,
    },
    {
      say: `${[INTRODUCTION, FOOD, MOVEMENT, MEASURING, MEDICINE, fourWeeks(), CLOSING].join('\n\n')}${back.line}`,
    },
  );
}

const INTRODUCTION = `# Living well with your blood pressure

Your heart pushes blood through your body all day long. Blood pressure is the force of that push. When it stays high for a long time, the heart and the blood vessels have to work too hard. The good news is that **small steps add up**. Most people can bring their numbers down with food, movement, sleep and, when needed, medicine. The same steps help with cholesterol and blood sugar.

You do not have to do all of this at once. Read it in pieces, pick one thing, and start there.

## What the numbers mean

A reading has two numbers, like 128 over 82. The top number is the push when the heart beats. The bottom number is the push between two beats.

| Reading | Top number | Bottom number | What to do |
|---|---|---|---|
| Normal | under 120 | under 80 | Keep going |
| Elevated | 120 to 129 | under 80 | Start with food and walking |
| High, stage 1 | 130 to 139 | 80 to 89 | Talk with your doctor about a plan |
| High, stage 2 | 140 or more | 90 or more | Call us this week |
| **Crisis** | over 180 | over 120 | Wait a minute, measure again; if it stays so high, **call 911** when you feel unwell, or us right away |`;

const FOOD = `## Food that helps

The eating plan with the best evidence is called **DASH**. It is not a strict diet. It is a way to fill your plate.

1. **Half of the plate: vegetables and fruit.** Fresh, frozen or canned without salt are all fine.
2. **A quarter of the plate: whole grains.** Brown rice, oats, corn tortillas, whole wheat bread.
3. **A quarter of the plate: lean protein.** Beans, lentils, fish, chicken without skin, eggs, tofu.
4. **A small handful of nuts** a few times a week.

### Salt hides in surprising places

Most salt does not come from the shaker. It comes from food that somebody else made.

- Bread, pizza, deli meat and canned soup are the biggest sources.
  - Choose "no salt added" or "low sodium" when you can.
  - Rinse canned beans under water: that takes away about a third of the salt.
- Sauces add up quickly. One spoon of soy sauce has more than a third of a day's salt.
- Try lemon, garlic, onion, vinegar, pepper, cumin or fresh herbs in place of salt. Your taste gets used to less salt in about three weeks.

A good goal is **under 2,300 mg of sodium a day**, and 1,500 mg if your doctor says so. On a label, 5 % or less of the daily value is low, and 20 % or more is high.

### Drinks

Water is best. One or two cups of coffee are fine for most people. Alcohol raises blood pressure: if you drink, keep it to one drink a day or less. Sweet drinks raise blood sugar and weight, and then the pressure follows.`;

const MOVEMENT = `## Movement

You do not need a gym. A brisk walk is enough. *Brisk* means that you can talk but not sing.

- The goal is **150 minutes a week**, for example 30 minutes on five days.
- Three walks of 10 minutes count as much as one of 30.
- Two days a week, add something for your muscles: rising from a chair ten times, carrying groceries, or stretching bands.

Stop and rest if you feel dizzy. **Call 911** if you have chest pain, trouble breathing, or weakness on one side of the body.`;

const MEASURING = `## Measuring at home

Readings at home tell us more than one reading at the clinic. To get a number that you can trust:

1. Do not smoke, drink coffee or exercise in the 30 minutes before.
2. Empty your bladder, then sit quietly for five minutes with your back supported.
3. Put both feet flat on the floor. Do not cross your legs.
4. Rest your arm on a table at the height of your heart, with the cuff on bare skin.
5. Do not talk. Measure twice, one minute apart, and write down both.

Measure in the morning before your pills and in the evening, for one week before each visit. Bring the list along, or send it to us through the portal.`;

const MEDICINE = `## Your medicine

You take **lisinopril 10 mg** once a day. It relaxes the blood vessels.

- Take it at the same time each day. Many people keep it beside the toothbrush.
- If you forget a dose, take it when you remember, but **do not take two** at once.
- A dry cough can happen. It is harmless, but tell us: there are other medicines.
- Swelling of the lips or face is rare and serious. **Call 911**.
- Ask us before you take ibuprofen or naproxen, cold medicine with a decongestant, or potassium pills.
- Do not stop by yourself when the numbers are good. They are good *because* it works.`;

const WALKS = [
  'a 10 minute walk after lunch',
  'a 15 minute walk with a friend',
  'two walks of 10 minutes',
  'a 20 minute walk before dinner',
];
const MEALS = [
  'oatmeal with berries for breakfast',
  'bean soup without added salt',
  'grilled fish with green beans',
  'a big salad with chicken and lemon',
  'lentils with brown rice and tomatoes',
  'vegetable omelet with whole wheat toast',
  'corn tortillas with black beans and avocado',
];
const HABITS = [
  'drink one more glass of water in place of a soda',
  'read the salt line on three labels in your kitchen',
  'go to bed 30 minutes earlier',
  'breathe slowly for five minutes, in through the nose and out through the mouth',
  'take the stairs once',
  'put your pills where you cannot miss them',
  'write down your morning and evening reading',
];
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Four weeks that grow a little, so that nobody has to change everything on a Monday. */
function fourWeeks(): string {
  const weeks = WALKS.map((walk, week) => {
    const days = DAYS.map(
      (day, index) =>
        `- **${day}:** ${walk}; ${MEALS[(index + week * 2) % 7]}; ${HABITS[(index + week * 3) % 7]}.`,
    );
    return `### Week ${week + 1}\n\n${days.join('\n')}`;
  });
  return `## A plan for four weeks\n\nEach day has one walk, one meal idea and one small habit. Swap the days as you like.\n\n${weeks.join('\n\n')}`;
}

const CLOSING = `## When to call us

- Your top number is 140 or more, or the bottom number 90 or more, for three days.
- You feel dizzy when you stand up, or your reading is under 90.
- You have a new cough, swollen ankles or a headache that will not go away.

You can read more at the [American Heart Association](https://www.heart.org/en/health-topics/high-blood-pressure) and in the [DASH eating plan](https://www.nhlbi.nih.gov/education/dash-eating-plan) of the National Heart, Lung, and Blood Institute.

That was a lot. **Pick one thing for this week.** If you like, I can also move your visit or refill your medicine.`;
