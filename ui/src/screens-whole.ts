// What the overview and the first screen both read: counts, what changed in seven days and since the last frozen round; and the sentence made of that.
import { computed, watch } from 'vue';
import { get, query } from './api';
import { useCampaign } from './campaign';
import { refreshOn } from './events';
import { thousands } from './format';
import { loader } from './loading';
import { lastRound, weekCompared } from './screens';
import type { Colour, Overview } from './types';
import type { Comparison } from './types-rounds';
import { screenWord } from './words/screens';
import { word } from './words';

export function wholeRead() {
  const { chosen, ofRounds, keep } = useCampaign();
  const overview = loader(() => get<Overview>(keep('/api/v1/overview')));
  const week = loader(() => weekCompared(chosen.value));
  const round = loader(async () => {
    const last = await lastRound(ofRounds.value);
    return last ? get<Comparison>(`/api/v1/rounds/compare${query({ from: last.id, to: 'now' })}`) : null;
  });
  const load = () => Promise.all([overview.load(), week.load(), round.load()]);
  const stale = refreshOn((event) => event.type === 'problem', load);
  watch(chosen, () => void load(), { immediate: true });
  return { overview, week, round, load, stale };
}

const changed = (n: number): string =>
  n === 0 ? screenWord('delta.same') : screenWord(n > 0 ? 'delta.more' : 'delta.less', { n: thousands(Math.abs(n)) });

/** Better or worse than seven days ago; without a comparison, how it stands. */
export const wholeSentence = (overview: Overview | null, week: Comparison | null) => {
  if (!overview) return '';
  if (!overview.total) return word('overview.say.none');
  const figures = Object.fromEntries(
    (['green', 'blue', 'yellow', 'orange', 'red', 'grey'] as Colour[]).map((colour) => [colour, thousands(overview.colours[colour] ?? 0)]),
  );
  if (!week)
    return (
      word('overview.say', { total: thousands(overview.total), ...figures }) +
      word(overview.colours.red || overview.colours.orange ? 'overview.say.red' : 'overview.say.calm', figures)
    );
  const turned = (group: string) => week.groups.find((one) => one.group === group)?.count ?? 0;
  const [worse, better] = [turned('worse'), turned('better')];
  const delta = (colour: Colour) => changed(week.after.colours[colour] - week.before.colours[colour]);
  const turn = worse + better ? screenWord('whole.turn', { worse, better }) : screenWord('whole.turn.none');
  return (
    screenWord('whole.say', { turn, ...figures, greenTurn: delta('green'), redTurn: delta('red'), orangeTurn: delta('orange') }) +
    screenWord(better > worse ? 'whole.verdict.better' : worse > better ? 'whole.verdict.worse' : 'whole.verdict.same')
  );
};
export const sentenceOf = (read: ReturnType<typeof wholeRead>) =>
  computed(() => wholeSentence(read.overview.data.value, read.week.data.value));
