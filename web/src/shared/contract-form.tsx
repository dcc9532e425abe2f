import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { defineTexts, useTexts } from '../shell/texts.ts';
import { useLoad } from '../shell/use-async.ts';
import { Button } from '../ui/button.tsx';
import { Form } from '../ui/form.tsx';
import { TextInput } from '../ui/inputs.tsx';
import { network } from './network.ts';

const contractTexts = defineTexts({
  zh: {
    label: '核验合约地址',
    hint: '以 0x 开头的 42 个字符',
    named: '这是本网站给出的地址。请与经办机构公布的地址核对，不同时请改正。',
    bad: '地址应是 0x 加 40 个十六进制字符。',
    compare: '比对',
  },
  en: {
    label: 'Address of the contract',
    hint: '42 characters beginning with 0x',
    named:
      'This is the address this site names. Please hold it against the one the authorities publish, and correct it if it is another.',
    bad: 'An address is 0x and 40 hexadecimal digits.',
    compare: 'Compare',
  },
});

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export interface ContractFormProps {
  readonly busy: boolean;
  readonly onAsk: (address: string) => void;
}

/** Which contract on the chain keys are compared with: the one this site names, or another. */
export function ContractForm({ busy, onAsk }: ContractFormProps): JSX.Element {
  const texts = useTexts(contractTexts);
  const site = useLoad(() => network(), []);
  const named = site.state === 'done' ? site.value.statementVerifier : undefined;
  const [typed, setTyped] = useState<string>();
  const [isBad, setBad] = useState(false);
  const address = (typed ?? named ?? '').trim();
  const ask = () => {
    const isGood = ADDRESS.test(address);
    setBad(!isGood);
    if (isGood) onAsk(address);
  };
  return (
    <Form onSubmit={ask}>
      <TextInput
        label={texts.label}
        hint={named && address === named ? texts.named : texts.hint}
        error={isBad && texts.bad}
        value={typed ?? named ?? ''}
        onInput={setTyped}
      />
      <div>
        <Button type="submit" busy={busy}>
          {texts.compare}
        </Button>
      </div>
    </Form>
  );
}
