// Which campaign a page is about. It stands in the address (campaign=ID); without it the page tells the sum of all that the reader sees.
// Whatever leads on from such a page keeps it, so that the list behind a figure has exactly that figure.
import { computed } from 'vue';
import { useRoute, useRouter, type LocationQueryRaw } from 'vue-router';
import { session, today } from './session';
import type { Period } from './types';
import { word } from './words';
import { campaignWord } from './words/campaign';

export const campaigns = computed(() => session.value?.campaigns ?? []);
export const several = computed(() => campaigns.value.length > 1);
/** Where only one is under way it is meant; of several nobody but the person who writes knows which. */
export const usualCampaign = computed(() => {
  const now = campaigns.value.filter((one) => !one.over && (!one.from || one.from <= today.value));
  return now.length === 1 ? now[0]! : null;
});
export const campaignNames = computed(() => Object.fromEntries(campaigns.value.map((one) => [one.id, one.name])));
const NUMBER = /^[1-9]\d*$/;

interface Place {
  path: string;
  query?: LocationQueryRaw;
  hash?: string;
}

/** How far a campaign has come and how many days are left. */
export function countdown(period: Period | undefined): string {
  if (!period) return '';
  if (!period.begun) return campaignWord('not.begun');
  if (period.over) return campaignWord('over');
  if (period.days_left === undefined) return '';
  return campaignWord('left', { gone: (period.days_gone ?? 0) + 1, left: period.days_left, days: period.days ?? 0 });
}

export function useCampaign() {
  const route = useRoute();
  const router = useRouter();
  const chosen = computed(() =>
    typeof route.query.campaign === 'string' && NUMBER.test(route.query.campaign) ? Number(route.query.campaign) : null,
  );
  /** The one asked for, else the only one there is; null: all of them together. */
  const campaign = computed(
    () => campaigns.value.find((one) => one.id === chosen.value) ?? (several.value || chosen.value ? null : (campaigns.value[0] ?? null)),
  );
  /** Whose rounds are meant: rounds belong to one campaign, and two campaigns' are never compared. */
  const ofRounds = computed(() => chosen.value ?? (several.value ? null : (campaigns.value[0]?.id ?? null)));
  const name = computed(
    () => campaign.value?.name ?? (several.value && !chosen.value ? word('strip.all', { n: campaigns.value.length }) : ''),
  );
  /** An address of a page or of the API, about the same campaign. */
  function keep(address: string): string;
  function keep(address: Place): Place;
  function keep(address: string | Place): string | Place {
    if (!chosen.value) return address;
    if (typeof address !== 'string') return { ...address, query: { ...address.query, campaign: String(chosen.value) } };
    return `${address}${address.includes('?') ? '&' : '?'}campaign=${chosen.value}`;
  }
  const choose = (id: number | null, campaignless: string[] = []) =>
    router.push({
      path: route.path,
      query: {
        ...Object.fromEntries(Object.entries(route.query).filter(([key]) => !campaignless.includes(key))),
        campaign: id ? String(id) : undefined,
      },
    });
  return { chosen, campaign, ofRounds, name, keep, choose };
}
