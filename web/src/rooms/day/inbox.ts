/* The inbox as the server tells it. */
export interface InboxItem {
    kind: string;
    id: string;
    record: string;
    title: string;
    why: string | null;
    /* The page where it is dealt with. */
    link: string;
    due: string | null;
    late: boolean;
}
export interface Inbox {
    person: string | null;
    items: InboxItem[];
    snoozed: number;
}

/* The kinds that the inbox shows as lines of their own, with an owner to be given. */
const ACTIONS = ['action', 'flip'];
export const besideActions = (inbox: Inbox | undefined): InboxItem[] =>
    (inbox?.items ?? []).filter((one) => !ACTIONS.includes(one.kind));
