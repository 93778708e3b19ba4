/* How a figure came about: what "show the working" opens. */
export interface Working {
    name: string;
    value: string;
    definition: string;
    inputs: [string, string][];
    formula: string;
    calc: string;
    evidence: { label: string; address: string }[];
}
