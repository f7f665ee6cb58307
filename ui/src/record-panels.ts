// What the page of a record shows beside what its declaration gives: a row for each type that has more to tell. Loaded when first needed.
import { defineAsyncComponent, type Component } from 'vue';

export const PANELS: Record<string, Component> = {
  guidance_group: defineAsyncComponent(() => import('./panels/GroupPanel.vue')),
  topic: defineAsyncComponent(() => import('./panels/TopicPanel.vue')),
  case: defineAsyncComponent(() => import('./panels/CasePanel.vue')),
  appeal: defineAsyncComponent(() => import('./panels/AppealPanel.vue')),
  campaign: defineAsyncComponent(() => import('./panels/CampaignPanel.vue')),
  round: defineAsyncComponent(() => import('./panels/RoundPanel.vue')),
  round_answer: defineAsyncComponent(() => import('./panels/AnswerPanel.vue')),
  plan: defineAsyncComponent(() => import('./panels/PlanPanel.vue')),
  indicator: defineAsyncComponent(() => import('./panels/IndicatorPanel.vue')),
  policy: defineAsyncComponent(() => import('./panels/PolicyPanel.vue')),
  approval: defineAsyncComponent(() => import('./panels/ApprovalPanel.vue')),
  ruling: defineAsyncComponent(() => import('./panels/RulingPanel.vue')),
  draw: defineAsyncComponent(() => import('./panels/DrawPanel.vue')),
  hand_over: defineAsyncComponent(() => import('./panels/SlipPanel.vue')),
};

/** What stands beside the form in which a record of the type is entered. */
export const FORM_SIDES: Record<string, Component> = { appeal: defineAsyncComponent(() => import('./parts/DraftSuggestions.vue')) };

/** What a panel offers itself and the list of next steps then leaves out. */
export const PANEL_ACTIONS: Record<string, string[]> = { round_answer: ['answer', 'nil_reply'], unit: ['set_outline'] };
/** Fields that a panel shows better than a list of fields could. */
export const PANEL_FIELDS: Record<string, string[]> = {
  approval: ['record', 'asked_by'],
  appeal: [
    'due',
    'due_basis',
    'lateness',
    'assigned_at',
    'contact_due',
    'answer_due',
    'solve_due',
    'contacted_at',
    'joined_to',
    'called',
    'called_outcome',
    'called_satisfaction',
    'called_at',
    'attempts',
  ],
  policy: ['colour_rules', 'routes', 'deadlines', 'chasing'],
  plan: ['baselines', 'proposed'],
  round_answer: ['note'],
};
/** What belongs to a record and stands in its panel. */
export const PANEL_CHILDREN: Record<string, string[]> = { appeal: ['call_back', 'exclusion'] };
