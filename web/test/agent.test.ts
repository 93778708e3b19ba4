import { expect, it } from 'vitest';
import { agentInWords } from '../src/rooms/people/agent';

it('a browser is told from those that pretend to be it', () => {
    const chrome =
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';
    expect(agentInWords(chrome)).toBe('Chrome on Linux');
    expect(agentInWords(`${chrome.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64')} Edg/156.0`)).toBe(
        'Edge on Windows',
    );
    expect(
        agentInWords(
            'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
        ),
    ).toBe('Safari on macOS');
    expect(
        agentInWords(
            'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/156.0 Mobile/15E148 Safari/604.1',
        ),
    ).toBe('Chrome on iOS');
    expect(agentInWords('Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0')).toBe(
        'Firefox on Linux',
    );
});
it('what is unknown is called what it calls itself', () => {
    expect(agentInWords('curl/8.5.0')).toBe('curl');
    expect(agentInWords('somebody else')).toBe('somebody else');
});
