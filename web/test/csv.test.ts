import { expect, it } from 'vitest';
import { csv } from '../src/lib/csv';

it('puts into quotes what holds a comma, a quote or a new line', () => {
    expect(
        csv([
            ['a', 'b,c'],
            ['say "no"', 'two\nlines'],
        ]),
    ).toBe('a,"b,c"\r\n"say ""no""","two\nlines"\r\n');
});
it('lets no text become a formula, and leaves numbers alone', () => {
    expect(csv([['=1+1', '@x', '-5', '+3.2', '-a']])).toBe("'=1+1,'@x,-5,+3.2,'-a\r\n");
});
