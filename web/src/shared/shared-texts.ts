import { defineTexts } from '../shell/texts.ts';

export const sharedTexts = defineTexts({
  zh: {
    holds: '成立',
    refused: '未通过',
    drawingQr: '正在生成二维码…',
    qrTooLong: '内容太长，无法放进二维码，请改用链接或文件。',
    scanLead: '把二维码放在取景框中央，认出后会自动继续。',
    scanVideo: '相机画面',
    cameraOpening: '正在打开相机…',
    cameraRefused: '无法使用相机',
    cameraRefusedTodo: '请在浏览器的设置里允许本网站使用相机，或改为选择一张带二维码的图片。',
    fromImage: '选择一张图片',
    noQrInImage: '这张图片里没有找到二维码，请换一张更清楚的。',
    startCamera: '打开相机扫码',
    stopCamera: '关闭相机',
  },
  en: {
    holds: 'It holds',
    refused: 'Not accepted',
    drawingQr: 'Drawing the QR code…',
    qrTooLong: 'This is too long for a QR code. Please use the link or the file.',
    scanLead: 'Hold the QR code in the middle of the picture; it goes on by itself.',
    scanVideo: 'Picture of the camera',
    cameraOpening: 'Opening the camera…',
    cameraRefused: 'The camera cannot be used',
    cameraRefusedTodo:
      'Allow this site to use the camera in the settings of your browser, or choose a picture that shows the QR code.',
    fromImage: 'Choose a picture',
    noQrInImage: 'No QR code was found in this picture. Please take a clearer one.',
    startCamera: 'Scan with the camera',
    stopCamera: 'Close the camera',
  },
});
