import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import type { PresetFieldName } from '../../../../src/statements/preset-fields.ts';
import { network } from '../../shared/network.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { navigate } from '../../shell/router.ts';
import { Screen } from '../../shell/screen.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync, useLoad } from '../../shell/use-async.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Form } from '../../ui/form.tsx';
import { Select, TextInput } from '../../ui/inputs.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { StoredRecord } from '../open-wallet.ts';
import type { WalletScreenProps } from '../wallet-screen.ts';
import { answerTexts } from './answer-texts.ts';
import { keepRequest } from './find-request.ts';
import { openTexts } from './open-texts.ts';
import { OwnField } from './own-field.tsx';
import { recordToAnswer } from './own-record.ts';
import { faultyField, type OwnRequest, ownFields, ownPresets, ownRequest } from './own-request.ts';

const DAYS = [30, 90, 365];

/** A certificate nobody asked for: what, for whom, why. What it tells is read on the next screen. */
export function OwnRequestPage(props: WalletScreenProps): JSX.Element {
  const texts = useTexts(openTexts);
  const common = useTexts(answerTexts);
  const reading = useLoad((signal) => recordToAnswer(props.wallet, signal), [props.wallet]);
  return (
    <Screen key="own" title={texts.own} back="#/open" lead={texts.ownLead}>
      {reading.state === 'done' && <OwnForm {...props} record={reading.value} />}
      {reading.state === 'failed' && (
        <>
          <ErrorNotice error={reading.error} todo={common.recordTodo} onRetry={reading.run} />
          <LinkButton kind="main" icon="download" href="#/record">
            {common.toRecord}
          </LinkButton>
        </>
      )}
      {(reading.state === 'busy' || reading.state === 'idle') && (
        <Spinner>{common.readingRecord}</Spinner>
      )}
    </Screen>
  );
}

function OwnForm({ wallet, record }: WalletScreenProps & { readonly record: StoredRecord }) {
  const texts = useTexts(openTexts);
  const language = useLanguage();
  const [form, setForm] = useState<OwnRequest>({
    ...{ slug: '', typed: {}, audience: location.origin, days: 90 },
    purpose: texts.purposeSample,
  });
  const [isTried, setTried] = useState(false);
  const fields = useMemo(() => (form.slug === '' ? [] : ownFields(form.slug)), [form.slug]);
  const making = useAsync(async () => {
    const { chainId, registry } = await network();
    const request = ownRequest(form, record, { chainId, verifyingContract: registry });
    const { id } = await keepRequest(wallet.store, request, 'own');
    navigate(`/answer/${id}`);
  });
  const isOptional = (name: PresetFieldName) => name === 'maxBaseFen' || name === 'insurance';
  const isMissing = (name: PresetFieldName) => !isOptional(name) && !form.typed[name]?.trim();
  const faulty = faultyField(making.error);
  const said = making.error instanceof CanbaoError && making.error.text(language);
  return (
    <Form
      class="stack stack--loose"
      onSubmit={() => {
        setTried(true);
        if (form.slug !== '' && !fields.some(isMissing)) making.run();
      }}
    >
      <Select
        label={texts.preset}
        error={isTried && form.slug === '' && texts.needed}
        options={[
          { value: '', label: texts.presetChoose },
          ...ownPresets(record).map(({ slug, name }) => ({ value: slug, label: name[language] })),
        ]}
        value={form.slug}
        onInput={(slug) => setForm({ ...form, slug, typed: {} })}
      />
      {fields.map((name) => (
        <OwnField
          key={name}
          name={name}
          value={form.typed[name] ?? ''}
          error={isTried && isMissing(name) && texts.needed}
          onInput={(text) => setForm({ ...form, typed: { ...form.typed, [name]: text } })}
        />
      ))}
      <TextInput
        label={texts.forWhom}
        hint={texts.forWhomHint}
        error={faulty === 'audience' && said}
        inputMode="url"
        value={form.audience}
        onInput={(audience) => setForm({ ...form, audience })}
      />
      <TextInput
        label={texts.purpose}
        hint={texts.purposeHint}
        error={faulty === 'purpose' && said}
        value={form.purpose}
        onInput={(purpose) => setForm({ ...form, purpose })}
      />
      <Select
        label={texts.valid}
        options={DAYS.map((days) => ({ value: String(days), label: texts.days(days) }))}
        value={String(form.days)}
        onInput={(days) => setForm({ ...form, days: Number(days) })}
      />
      {making.state === 'failed' && !faulty && <ErrorNotice error={making.error} />}
      <div class="actions">
        <Button kind="main" type="submit" icon="arrowRight" busy={making.state === 'busy'}>
          {texts.next}
        </Button>
      </div>
    </Form>
  );
}
