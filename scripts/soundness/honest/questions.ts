import type { Random } from '../../../test/support/random.ts';
import type { Coordinate, NumberCoordinate } from './coordinate.ts';
import { isHonest, type NamedQuestion, type Question, type Subject } from './question.ts';

/** How many honest questions of each kind, at most. */
export interface QuestionCounts {
  readonly vectors: number;
  readonly extremes: number;
  readonly corners: number;
  readonly walks: number;
}

/** How far a walk goes from the vector it starts at, and how often the donor changes. */
const WALK_STEPS = 60;
const DONOR_STEPS = 10;

/**
 * Honest questions of a statement, found with its oracle alone, so that a new statement needs
 * nothing but vectors:
 *  - the vectors that pass;
 *  - single extremes: one thing set to its least or greatest value, the rest a vector's;
 *  - corners: all things in random order pushed to an extreme, or as near as the oracle lets them;
 *  - walks: one thing after another taken from random records, where the answer stays yes.
 */
export function honestQuestions<R>(
  subject: Subject<R>,
  counts: QuestionCounts,
  random: Random,
): NamedQuestion<R>[] {
  const { vectors, statement, coordinates } = subject;
  if (vectors.length === 0) throw new Error(`${statement.name} has no passing vector`);
  return [
    ...shuffled(vectors, random)
      .slice(0, counts.vectors)
      .map((vector) => ({ ...vector, isVector: true })),
    ...shuffled(singleExtremes(subject), random).slice(0, counts.extremes),
    ...Array.from({ length: counts.corners }, (_, i) => ({
      ...corner(subject, random.pick(vectors), shuffled(coordinates, random), random),
      name: `corner ${i}`,
    })),
    ...Array.from({ length: counts.walks }, (_, i) => ({
      ...walk(subject, random.pick(vectors), random),
      name: `walk ${i}`,
    })),
  ];
}

function singleExtremes<R>(subject: Subject<R>): NamedQuestion<R>[] {
  return subject.coordinates.flatMap(({ name, extremes }) =>
    extremes.flatMap((move, at) => {
      const moved = subject.vectors.map((start) => move(start));
      const found = moved.find((question) => isHonest(subject, question));
      return found ? [{ ...found, name: `${name}, extreme ${at}` }] : [];
    }),
  );
}

function corner<R>(
  subject: Subject<R>,
  start: Question<R>,
  order: readonly Coordinate<R>[],
  random: Random,
): Question<R> {
  let at = start;
  for (const coordinate of order) {
    const moved = random.pick(coordinate.extremes)(at);
    if (isHonest(subject, moved)) at = moved;
    else if (coordinate.number) at = edge(subject, at, moved, coordinate.number);
  }
  return at;
}

/** Between a value that passes and one that does not: the last that passes. */
function edge<R>(
  subject: Subject<R>,
  honest: Question<R>,
  refused: Question<R>,
  { get, set }: NumberCoordinate<R>,
): Question<R> {
  let [good, bad] = [get(honest), get(refused)];
  while (good - bad > 1n || bad - good > 1n) {
    const middle = (good + bad) / 2n;
    if (isHonest(subject, set(honest, middle))) good = middle;
    else bad = middle;
  }
  return set(honest, good);
}

function walk<R>(subject: Subject<R>, start: Question<R>, random: Random): Question<R> {
  let at = start;
  let donor = subject.randomRecord(random);
  for (let step = 0; step < WALK_STEPS; step++) {
    if (step % DONOR_STEPS === 0) donor = subject.randomRecord(random);
    const moved = random.pick(subject.coordinates).vary(at, donor, random);
    if (isHonest(subject, moved)) at = moved;
  }
  return at;
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = items.map((item) => ({ item, key: random.bits(64) }));
  order.sort((a, b) => (a.key < b.key ? -1 : 1));
  return order.map(({ item }) => item);
}
