/* The zones that the browser knows, to choose from; the server decides which it takes. */
export const zones: readonly string[] = Intl.supportedValuesOf('timeZone');
