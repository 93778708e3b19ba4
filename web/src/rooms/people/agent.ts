/* What a browser calls itself, in words: "Firefox on Linux". */
const BROWSERS: [RegExp, string][] = [
    [/\bEdgA?\//, 'Edge'],
    [/\bOPR\//, 'Opera'],
    [/\bSamsungBrowser\//, 'Samsung Internet'],
    [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
    [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\//, 'Chrome'],
    [/\bSafari\//, 'Safari'],
    [/^curl\//, 'curl'],
];
const SYSTEMS: [RegExp, string][] = [
    [/iPhone|iPad/, 'iOS'],
    [/Android/, 'Android'],
    [/Windows/, 'Windows'],
    [/Macintosh|Mac OS X/, 'macOS'],
    [/CrOS/, 'ChromeOS'],
    [/Linux|X11/, 'Linux'],
];

export function agentInWords(agent: string): string {
    const browser = BROWSERS.find(([pattern]) => pattern.test(agent))?.[1];
    const system = SYSTEMS.find(([pattern]) => pattern.test(agent))?.[1];
    if (browser && system) return `${browser} on ${system}`;
    return browser ?? system ?? agent;
}
