/* What the page of a case says of its judge. */
import { describe, expect, it } from 'vitest';
import { agreementSentence, trialFacts } from '../src/rooms/evals/case';

const judged = { surface: 'chat', judge: 'rubric-3', n: 10, agreement: 0.7, kappa: 0.4 };

describe('a try of a case', () => {
    const trial = {
        trial: 2,
        verdict: 'fail',
        score: 0.2,
        latency_ms: 1862,
        cost_usd: 0.0074,
        output: null,
        reason: null,
        error: null,
        failure: null,
    };
    it('says what is known of it', () => {
        expect(trialFacts(trial, true)).toBe('score 0.2 · 1,862 ms · 0.0074 USD');
        expect(trialFacts(trial, false)).toBe('Trial 2: fail · score 0.2 · 1,862 ms · 0.0074 USD');
    });
    it('has no dashes for what is not', () => {
        const bare = { ...trial, score: null, latency_ms: null, cost_usd: null };
        expect([trialFacts(bare, true), trialFacts(bare, false)]).toEqual(['', 'Trial 2: fail']);
    });
});

describe('agreement of a judge with people', () => {
    it('has its n and what chance leaves of it', () =>
        expect(agreementSentence('chat', 'rubric-3', [judged])).toBe(
            'Judge rubric-3 says what people say in 70.0 % of the cases of chat that people judged (n = 10, Cohen’s kappa 0.40).',
        ));
    it('has no kappa where everybody gave one label', () =>
        expect(agreementSentence('chat', 'rubric-3', [{ ...judged, n: 1, agreement: 1, kappa: null }])).toContain(
            '(n = 1, one label only, so no kappa)',
        ));
    it('is not known of another judge, another surface or without a verdict of the judge', () => {
        for (const found of [
            [],
            [{ ...judged, judge: 'rubric-4' }],
            [{ ...judged, surface: 'mail' }],
            [{ ...judged, n: 0, agreement: null, kappa: null }],
        ])
            expect(agreementSentence('chat', 'rubric-3', found)).toContain('is not known');
    });
});
