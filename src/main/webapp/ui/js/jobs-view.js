// What the keyboard and the parts of the list of jobs share: its rows, where one is, what is chosen, what is new; and, for who comes back
// from a job, which one it was and the address of the list.
export const view = { rows: [], cursor: 0, byKeys: false, chosen: new Map(), all: false, menu: false, fresh: new Set(), opened: '', address: '#/jobs' };
