/** Every component of the kit and every shared view, in each of its states. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { CanbaoError } from '../../../../src/core/errors/canbao-error.ts';
import { QrScan } from '../../../../web/src/shared/qr-scan.tsx';
import { QrShow } from '../../../../web/src/shared/qr-show.tsx';
import { VerdictView } from '../../../../web/src/shared/verdict-view.tsx';
import { ErrorNotice } from '../../../../web/src/shell/error-notice.tsx';
import { Frame } from '../../../../web/src/shell/frame.tsx';
import { mountPage } from '../../../../web/src/shell/mount.tsx';
import { NotFound } from '../../../../web/src/shell/not-found.tsx';
import { useRoute } from '../../../../web/src/shell/router.ts';
import { Screen } from '../../../../web/src/shell/screen.tsx';
import { Button, LinkButton } from '../../../../web/src/ui/button.tsx';
import { Card } from '../../../../web/src/ui/card.tsx';
import { Checkbox, RadioCards } from '../../../../web/src/ui/choices.tsx';
import { CopyButton } from '../../../../web/src/ui/copy-button.tsx';
import { Disclosure } from '../../../../web/src/ui/disclosure.tsx';
import { EmptyState } from '../../../../web/src/ui/empty-state.tsx';
import { Facts } from '../../../../web/src/ui/facts.tsx';
import { FileDrop } from '../../../../web/src/ui/file-drop.tsx';
import { Select, TextArea, TextInput } from '../../../../web/src/ui/inputs.tsx';
import { Badge, Notice } from '../../../../web/src/ui/notice.tsx';
import { Progress } from '../../../../web/src/ui/progress.tsx';
import { Spinner } from '../../../../web/src/ui/spinner.tsx';
import { Stepper } from '../../../../web/src/ui/stepper.tsx';
import { Table } from '../../../../web/src/ui/table.tsx';
import { Tabs } from '../../../../web/src/ui/tabs.tsx';

const months = [
  { month: '2026年8月', kind: '按时缴费', base: '6,543.20' },
  { month: '2026年9月', kind: '补缴', base: '6,543.20' },
];

function Forms(): JSX.Element {
  const [text, setText] = useState('');
  const [choice, setChoice] = useState<'a' | 'b'>('a');
  const [isChecked, setChecked] = useState(false);
  const field = { value: text, onInput: setText };
  return (
    <Card title="填写">
      <form class="stack" onSubmit={(event) => event.preventDefault()}>
        <TextInput label="用途" hint="例如：租房补贴申请" {...field} />
        <TextInput
          label="口令"
          type="password"
          error="至少需要 8 个字。请再输入一次。"
          {...field}
        />
        <TextArea label="恢复短语" rows={3} {...field} />
        <Select label="险种" options={[{ value: '', label: '基本养老保险' }]} {...field} />
        <RadioCards
          legend="选择哪一项？"
          value={choice}
          onChange={setChoice}
          options={[
            { value: 'a', label: '连续参保 6 个月', hint: '租房补贴' },
            { value: 'b', label: '连续参保 60 个月', hint: '购房' },
          ]}
        />
        <Checkbox label="我已读过" checked={isChecked} onChange={setChecked} />
        <FileDrop label="把文件拖到这里" buttonLabel="选择文件" onFiles={() => {}} />
      </form>
    </Card>
  );
}

function States(): JSX.Element {
  const [tab, setTab] = useState<'one' | 'two'>('one');
  return (
    <Card title="状态">
      <Stepper label="进度" steps={['查看请求', '同意', '出具证明']} now={1} />
      <Progress label="正在出具证明" share={0.42} />
      <Spinner>正在打开账本…</Spinner>
      <Notice tone="info" title="请留意">
        这是说明。
      </Notice>
      <Notice tone="warn">使用开发密钥：不具备实际证明效力。</Notice>
      <Notice tone="good">已保存。</Notice>
      <ErrorNotice error={new CanbaoError('wallet.not_opened')} onRetry={() => {}} />
      <p class="row">
        <Badge tone="good">已缴</Badge>
        <Badge tone="warn">补缴</Badge>
        <Badge tone="bad">缺缴</Badge>
        <Badge tone="plain">未知</Badge>
      </p>
      <Tabs
        label="查看方式"
        tabs={[
          { id: 'one', label: '按月' },
          { id: 'two', label: '按险种' },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        <Table
          caption="缴费月份"
          rows={months}
          rowKey={({ month }) => month}
          columns={[
            { key: 'month', head: '月份', cell: ({ month }) => month },
            { key: 'kind', head: '情况', cell: ({ kind }) => kind },
            { key: 'base', head: '缴费基数（元）', cell: ({ base }) => base, align: 'end' },
          ]}
        />
      </Tabs>
      <Facts facts={[{ name: '截至', value: '2026年10月' }]} />
      <Disclosure summary="不会给出的内容">姓名、身份证号、工资。</Disclosure>
      <EmptyState icon="list" title="还没有出具过证明">
        <LinkButton href="#/">打开一份请求</LinkButton>
      </EmptyState>
    </Card>
  );
}

function App(): JSX.Element {
  const { path } = useRoute();
  const [scanned, setScanned] = useState('');
  return (
    <Frame page="组件">
      {path !== '/' ? (
        <NotFound key={path} />
      ) : (
        <Screen
          key={path}
          title="组件一览"
          back="#/"
          lead="每个组件的每种状态。"
          actions={
            <>
              <Button kind="main">同意并出具证明</Button>
              <Button>暂不</Button>
            </>
          }
        >
          <VerdictView
            verdict={{
              valid: true,
              text: '有效：截至2026年10月的记录满足请求。',
              notes: ['使用开发密钥：不具备实际证明效力。'],
            }}
          />
          <VerdictView verdict={{ valid: false, text: '拒绝：证明不成立。', notes: [] }} />
          <Card title="二维码">
            <QrShow text="https://canbao.example/r/abcdefghijklmnopqrstuv" alt="打开请求的二维码" />
            <CopyButton text="x" label="复制链接" doneLabel="已复制" failedLabel="无法复制" />
            <QrScan onText={setScanned} />
            <output data-testid="scanned">{scanned}</output>
          </Card>
          <Forms />
          <States />
          <p class="row">
            <Button icon="download">保存</Button>
            <Button kind="danger" icon="trash">
              删除
            </Button>
            <Button kind="plain">更多</Button>
            <Button busy>正在保存…</Button>
            <Button disabled>不可用</Button>
          </p>
        </Screen>
      )}
    </Frame>
  );
}

mountPage(App);
