/** The proposal that was looked at last, so that it is shown again after another screen. */
let lookedAt: number | undefined;

export function looked(): number | undefined {
  return lookedAt;
}

export function lookNext(proposal: number | undefined) {
  lookedAt = proposal;
}
