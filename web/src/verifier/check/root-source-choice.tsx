import type { JSX } from 'preact';
import { decodeEpochs } from '../../../../src/verify/epochs-file.ts';
import { readJson } from '../../shared/files.ts';
import { network } from '../../shared/network.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { RadioCards } from '../../ui/choices.tsx';
import { Disclosure } from '../../ui/disclosure.tsx';
import { FileDrop } from '../../ui/file-drop.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Notice } from '../../ui/notice.tsx';
import { checkTexts } from './check-texts.ts';

/** As it is being entered. */
export interface RootSourceDraft {
  readonly kind: 'chain' | 'file';
  /** Empty: one of the nodes this site names. */
  readonly rpcUrl: string;
  /** JSON of a ledger file that can be read. */
  readonly epochs?: unknown;
}

export const firstSource: RootSourceDraft = { kind: 'chain', rpcUrl: '' };

/** Whether a file was chosen for the source, and is not there yet. */
export function isFileMissing({ kind, epochs }: RootSourceDraft): boolean {
  return kind === 'file' && epochs === undefined;
}

export interface RootSourceChoiceProps {
  readonly draft: RootSourceDraft;
  /** Whether it stands open: where the chain could not be reached. */
  readonly open?: boolean | undefined;
  readonly onChange: (draft: RootSourceDraft) => void;
}

/** Where roots are looked up: on the chain, or in a file of the reader's. */
export function RootSourceChoice({ draft, open, onChange }: RootSourceChoiceProps): JSX.Element {
  const texts = useTexts(checkTexts);
  const { value } = useLoad(() => network(), []);
  const isOwn =
    draft.rpcUrl === '' && value?.rpcUrls.some((url) => url.startsWith(`${location.origin}/`));
  const reading = useAsync(async (_, file: File) => {
    const epochs = await readJson(file);
    const { length } = decodeEpochs(epochs);
    onChange({ ...draft, epochs });
    return length;
  });
  return (
    <Disclosure summary={texts.roots} open={open}>
      <RadioCards
        legend={texts.roots}
        hideLegend
        value={draft.kind}
        onChange={(kind) => onChange({ ...draft, kind })}
        options={[
          {
            value: 'chain',
            label: texts.rootsChain,
            hint: isOwn ? texts.rootsOwnChainHint : texts.rootsChainHint,
          },
          { value: 'file', label: texts.rootsFile, hint: texts.rootsFileHint },
        ]}
      />
      {draft.kind === 'chain' && (
        <>
          {value?.rpcUrls.length === 0 && <Notice tone="warn">{texts.noNode}</Notice>}
          {value && value.rpcUrls.length > 0 && (
            <p class="soft">
              {texts.nodesAllowed}
              {value.rpcUrls.map((url) => (
                <span key={url}>
                  {' '}
                  <code>{url}</code>
                </span>
              ))}
            </p>
          )}
          <TextInput
            type="url"
            label={texts.node}
            hint={texts.nodeHint}
            value={draft.rpcUrl}
            onInput={(rpcUrl) => onChange({ ...draft, rpcUrl })}
          />
        </>
      )}
      {draft.kind === 'file' && (
        <FileDrop
          label={texts.rootsDrop}
          buttonLabel={texts.rootsButton}
          accept=".json,application/json"
          onFiles={([file]) => file && reading.run(file)}
        />
      )}
      {draft.kind === 'file' && reading.value !== undefined && (
        <Notice tone="good" announce>
          {texts.rootsGot(reading.value)}
        </Notice>
      )}
      {reading.state === 'failed' && <ErrorNotice error={reading.error} />}
    </Disclosure>
  );
}
