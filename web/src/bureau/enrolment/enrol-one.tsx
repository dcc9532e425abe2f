import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { formatCount, formatMonthOf } from '../../shared/format.ts';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { useLanguage, useTexts } from '../../shell/texts.ts';
import { useAsync } from '../../shell/use-async.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Checkbox, RadioCards } from '../../ui/choices.tsx';
import { Form } from '../../ui/form.tsx';
import { TextInput } from '../../ui/inputs.tsx';
import { Fault, Notice } from '../../ui/notice.tsx';
import type { Enrolled } from '../answers.ts';
import { enrolKey } from './enrol-key.ts';
import { KeyReader } from './key-reader.tsx';
import type { ReadKey } from './read-key.ts';
import { type Subject, type SubjectKind, subjectOf } from './subject.ts';
import { enrolTexts } from './texts.ts';

/** One key, one person or employer, checked face to face. */
export function EnrolOne(): JSX.Element {
  const texts = useTexts(enrolTexts);
  const [kind, setKind] = useState<SubjectKind>('person');
  const [key, setKey] = useState<ReadKey | undefined>();
  const [number, setNumber] = useState('');
  const [isChecked, setChecked] = useState(false);
  const [wasTried, setTried] = useState(false);
  const subject = subjectOf(kind, number);
  const isPerson = kind === 'person';
  const enrolling = useAsync((signal, who: Subject, { enrolment }: ReadKey) =>
    enrolKey({ ...who, enrolment }, signal),
  );
  const startOver = () => {
    enrolling.cancel();
    setKey(undefined);
    setNumber('');
    setChecked(false);
    setTried(false);
  };
  if (enrolling.state === 'done') {
    return <Done enrolled={enrolling.value} onNext={startOver} />;
  }
  return (
    <Form
      class="stack stack--loose form-column"
      onSubmit={() => {
        setTried(true);
        if (subject && key && isChecked) enrolling.run(subject, key);
      }}
    >
      <Card title={texts.whose}>
        <RadioCards
          legend={texts.whose}
          hideLegend
          value={kind}
          onChange={setKind}
          options={[
            { value: 'person', label: texts.person, hint: texts.personHint },
            { value: 'employer', label: texts.employer, hint: texts.employerHint },
          ]}
        />
      </Card>
      <Card title={texts.key}>
        <KeyReader value={key} onKey={setKey} />
        <Fault>{wasTried && !key && texts.keyFirst}</Fault>
      </Card>
      <Card title={texts.whom}>
        <TextInput
          label={isPerson ? texts.idNumber : texts.creditCode}
          hint={isPerson ? texts.idNumberHint : texts.creditCodeHint}
          error={wasTried && !subject && (isPerson ? texts.badId : texts.badCode)}
          maxLength={18}
          value={number}
          onInput={setNumber}
        />
        <Checkbox
          label={isPerson ? texts.checkedPerson : texts.checkedEmployer}
          hint={isPerson ? texts.checkedPersonHint : undefined}
          checked={isChecked}
          onChange={setChecked}
        />
        <Fault>{wasTried && !isChecked && texts.checkFirst}</Fault>
      </Card>
      {enrolling.state === 'failed' && <ErrorNotice error={enrolling.error} />}
      <div class="actions">
        <Button kind="main" type="submit" icon="key" busy={enrolling.state === 'busy'}>
          {texts.enrol}
        </Button>
      </div>
    </Form>
  );
}

function Done({ enrolled, onNext }: { enrolled: Enrolled; onNext: () => void }): JSX.Element {
  const texts = useTexts(enrolTexts);
  const language = useLanguage();
  return (
    <div class="stack">
      <Notice tone="good" title={texts.done} announce>
        <p>{texts.doneText(formatMonthOf(enrolled.identityMonth, language))}</p>
        <p class="number">{texts.place(formatCount(enrolled.index, language))}</p>
      </Notice>
      <div class="actions">
        <Button kind="main" onClick={onNext}>
          {texts.nextPerson}
        </Button>
      </div>
    </div>
  );
}
